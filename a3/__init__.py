"""A3 sheets: one problem, one owner, one sheet of paper. Knows partners."""
