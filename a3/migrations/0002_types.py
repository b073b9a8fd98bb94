"""The four types of sheets that the product comes with; LEI changes them in the admin."""

from django.db import migrations

LEFT, RIGHT = "left", "right"

PROBLEM_SOLVING = [
    (LEFT, "Background", "Why this, why now?", [
        "What is the purpose, and whom does it serve?",
        "Which strategic priority does it serve?",
        "Why now?",
    ]),
    (LEFT, "Current condition", "What is happening, where we can see it?", [
        "What do you know, and how do you know it?",
        "Have you been there?",
        "What did you see, and what is only opinion?",
    ]),
    (LEFT, "Goal", "What would better look like, by when?", [
        "How will we measure it?",
        "What must not get worse?",
        "By when?",
    ]),
    (LEFT, "Analysis", "What is really causing it?", [
        "What stands between the current condition and the goal?",
        "Have you asked why until the answer is something you can change?",
        "Which link is evidence, and which is assumption?",
    ]),
    (RIGHT, "Countermeasures", "What will we try, against which cause?", [
        "Which cause does each one act on?",
        "What else did you consider?",
        "What do you expect to see, before you look?",
    ]),
    (RIGHT, "Plan", "Who does what, by when?", [
        "Who does what, by when, and who needs to agree?",
        "What is the smallest trial?",
        "When do you check?",
    ]),
    (RIGHT, "Follow-up", "How do we know, and what did we learn?", [
        "Did it do what you expected?",
        "What did you learn?",
        "Who else should know, and which standard changes?",
    ]),
]
PROPOSAL = [
    (LEFT, "Background", "What makes this worth deciding now?", [
        "What is the purpose?",
        "Which strategic priority does it serve?",
    ]),
    (LEFT, "Current condition", "Where do we stand today?", [
        "What do you know, and how do you know it?",
        "Who is affected, and have you asked them?",
    ]),
    (LEFT, "What we have considered", "Which ways are open to us?", [
        "Which ways did you consider?",
        "By what did you compare them?",
    ]),
    (RIGHT, "Proposal", "What do we propose, and why this?", [
        "What exactly are you asking for?",
        "What happens if we do nothing?",
    ]),
    (RIGHT, "Plan", "Who does what, by when?", [
        "Who does what, by when?",
        "What does it need: people, days, money?",
    ]),
    (RIGHT, "Open issues", "What could go wrong, and how shall we know?", [
        "Who sees it differently, and why?",
        "What would make you stop?",
    ]),
]
STATUS = [
    (LEFT, "Background", "What did we set out to do?", [
        "Which sheet, proposal or priority is this about?",
    ]),
    (LEFT, "Plan and actual", "What was done, and what was not?", [
        "What was to have happened by now?",
        "What did happen, and how do you know?",
    ]),
    (LEFT, "Results", "What changed, measured how?", [
        "What did you expect, and what do you see?",
        "What got worse?",
    ]),
    (RIGHT, "What stands in the way", "Which obstacle now, and why?", [
        "What did you learn about the cause?",
        "What have you tried?",
    ]),
    (RIGHT, "Next steps", "Who does what, by when?", [
        "What is the next step, and what do you expect of it?",
        "When can we go and see?",
    ]),
    (RIGHT, "Help needed", "What do we ask, and of whom?", [
        "Who can remove which barrier?",
    ]),
]
STRATEGY = [
    (LEFT, "Last year", "What did we do, and what came of it?", [
        "What did we expect, and what happened?",
        "What did we learn?",
    ]),
    (LEFT, "Where we are", "What do customers and the work tell us?", [
        "What is changing for our customers?",
        "Have you been there?",
    ]),
    (LEFT, "Purpose and goals", "Which few things matter this year?", [
        "What is the purpose?",
        "What will we not do?",
    ]),
    (RIGHT, "What we will do", "Which work serves which goal?", [
        "Who has agreed to own each piece?",
        "Does each part of the organisation see its own?",
    ]),
    (RIGHT, "Plan for the year", "Who does what, by when?", [
        "When do we check, and who takes part?",
    ]),
    (RIGHT, "Open issues", "What have we not agreed yet?", [
        "What stands between us and this plan?",
    ]),
]
TYPES = [
    ("problem-solving", "Problem solving", "A gap between what is and what should be, whose cause is not known.", PROBLEM_SOLVING),
    ("proposal", "Proposal", "Something to decide: what we propose, and what else we considered.", PROPOSAL),
    ("status", "Status", "Where work that was agreed stands, and what stands in its way.", STATUS),
    ("strategy", "Strategy", "A year's direction for a site or a partner.", STRATEGY),
]


def load(apps, schema_editor):
    SheetType, SectionType = apps.get_model("a3", "SheetType"), apps.get_model("a3", "SectionType")
    for position, (slug, name, description, sections) in enumerate(TYPES, 1):
        sheet_type = SheetType.objects.create(slug=slug, name=name, description=description, position=position)
        SectionType.objects.bulk_create(
            SectionType(sheet_type=sheet_type, position=number, half=half, name=title, hint=hint, questions="\n".join(questions))
            for number, (half, title, hint, questions) in enumerate(sections, 1)
        )


class Migration(migrations.Migration):
    dependencies = [("a3", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
