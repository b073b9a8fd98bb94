"""Sentences of the demo: what a visit is for, what a plain sheet is about, why something was cancelled."""

PURPOSES = (
    "See one {area} start-up from end to end and agree what good looks like.",
    "Walk the {area} with its supervisors: what do we know, and how do we know it?",
    "Second look at the standard in {area}: does it hold on the late shift?",
    "Help three sheet owners in {area} find the cause behind the cause.",
    "Practise asking before telling with the leads of {area}.",
    "Check the countermeasures in {area} against what was predicted.",
    "Begin a new problem in {area} with its owner, on the floor, before lunch.",
    "Show {area} to the neighbours who want to try the same.",
    "Prepare the sponsor’s half-year walk through {area}.",
    "Ask the night crew of {area} what changed since the last visit.",
)
REASONS = (
    "The line is down for repair that week.",
    "The change agent is ill; new dates in a fortnight.",
    "An audit was moved to the same days.",
    "Travel was not possible in the storm.",
)
PROBLEMS = (
    "Late starts in {area}",
    "Rework in {area}: who sees it first?",
    "Waiting for information in {area}",
    "Handover between shifts in {area}",
    "Missing material at {area}",
    "Why does {area} count twice?",
    "Overtime on Fridays in {area}",
    "First-hour output of {area}",
    "Questions that travel three times through {area}",
    "Near misses in {area}",
    "Changeover in {area}",
    "New people in {area}: six weeks to steady",
)
SECTIONS = {
    "Background": "<p>{area} is asked for more each month, and the plan for {year} counts on it. Customers feel it as waiting.</p>",
    "Current condition": "<p>Nine walks in four weeks. <strong>{now} of 20</strong> days ended late; the longest wait was {wait} minutes. Nobody could say when it began.</p>",
    "Goal": "<table><tbody><tr><th>Measure</th><th>Today</th><th>In three months</th></tr><tr><td>Days on time</td><td>{ok} of 20</td><td>{goal} of 20</td></tr><tr><td>Longest wait</td><td>{wait} min</td><td>{half} min</td></tr></tbody></table>",
    "Analysis": "<p>Five times why, with the people who do it:</p><ol><li><p>The start waits for one signature.</p></li><li><p>The signature waits for the list.</p></li><li><p>The list is made after the meeting, and the meeting has no end.</p></li></ol>",
    "Countermeasures": "<ul><li><p>Make the list the day before, at 15:00, standing.</p></li><li><p>Two people may sign.</p></li></ul>",
    "Plan": "<table><tbody><tr><th>What</th><th>By when</th></tr><tr><td>One cell for a week</td><td>week 1</td></tr><tr><td>Check with the crew</td><td>week 2</td></tr><tr><td>All of {area}</td><td>week 6</td></tr></tbody></table>",
    "Follow-up": "<p>After six weeks <strong>{goal} of 20</strong> days on time. The list is skipped when the lead is away: name who does it then.</p>",
}
QUESTIONS = (
    "What did you see yourself, and on which day?",
    "Who does it when she is away?",
    "Is that a cause, or the same words again?",
    "What do you expect to see, and when will you look?",
    "Which of these would you try first, and why that one?",
    "How would a new colleague know?",
)
