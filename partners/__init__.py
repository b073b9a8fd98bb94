"""The floor: people, partners and sites, obligations and mail. Knows nobody above it."""
