"""From course to work: why somebody goes, what they will try, what became of it, and the sheet it became."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from a3.models import Sheet
from courses import actions, answers
from courses.forms import FollowUpForm, PlanForm, PurposeForm, ReactionForm, likely_managers
from courses.models import ApplicationPlan, Enrollment, FollowUp, Purpose, Reaction
from courses.models.plans import opens_at
from partners.http import AuthenticatedRequest
from partners.models import Person


@require_safe
def transfer_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The whole way of one person in one course, as far as the reader may see it."""
    user, now = request.user, timezone.now()
    rows: Any = Enrollment.objects.transfer_visible_to(user).for_page().with_way_for(user)
    enrollment = get_object_or_404(rows, pk=pk)
    purpose = getattr(enrollment, "purpose", None) if enrollment.may_read_purpose else None
    plan = getattr(enrollment, "plan", None)
    context = {
        "enrollment": enrollment,
        "purpose": purpose,
        "plan": plan,
        "sheet": _sheet_of(plan, user),
        "checks": [(row, row.standing(now)) for row in plan.checks] if plan else [],
        "before": plan.earlier() if plan and plan.changed_at != plan.written_at else [],
        "reaction": getattr(enrollment, "reaction", None) if enrollment.may_read_reaction else None,
        "now": now,
    }
    return render(request, "courses/transfer_detail.html", context | _rights(enrollment, purpose, plan, user))


def _sheet_of(plan: ApplicationPlan | None, user: Person) -> Sheet | None:
    """What became of the plan; whoever reads the plan need not see the sheet."""
    if plan is None or plan.sheet_id is None:
        return None
    return Sheet.objects.visible_to(user).filter(pk=plan.sheet_id).first()


def _rights(
    enrollment: Enrollment, purpose: Purpose | None, plan: ApplicationPlan | None, user: Person
) -> dict[str, Any]:
    """What this person may do here; the actions check again."""
    now, offering, agreement = timezone.now(), enrollment.offering, ""
    if purpose and purpose.manager_id == user.pk and purpose.is_open(now):
        agreement = answers.agreement_address(purpose)
    is_own = enrollment.person_id == user.pk
    return {
        "is_own": is_own,
        "may_purpose": is_own and offering.cancelled_at is None and now < offering.starts_at,
        "may_plan": is_own and _may_plan(enrollment, plan),
        "opens_at": opens_at(offering),
        "agreement": agreement,
    }


def _may_plan(enrollment: Enrollment, plan: ApplicationPlan | None) -> bool:
    now = timezone.now()
    is_there = enrollment.has_seat and enrollment.offering.cancelled_at is None
    return is_there and now >= opens_at(enrollment.offering) and not (plan and plan.is_fixed(now))


@require_http_methods(["GET", "HEAD", "POST"])
def purpose_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Why I go, in three lines, and who agrees."""
    enrollment = get_object_or_404(Enrollment.objects.owned_by(request.user).for_page(), pk=pk)
    purpose = Purpose.objects.visible_to(request.user).filter(enrollment=pk).select_related("manager").first()
    form = PurposeForm(
        request.POST or None, enrollment=enrollment, instance=purpose or _before(enrollment, request.user)
    )
    context: dict[str, Any] = {"enrollment": enrollment, "form": form, "purpose": purpose}
    status = 422 if form.errors else 200
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("problem", "able_to", "expected", "manager")}
        try:
            actions.write_purpose(enrollment, actions.Why(**said), by=request.user)
        except actions.Refused as refusal:
            context["refusal"], status = refusal, 409
        else:
            messages.success(request, f"It is kept. {said['manager'].name} is asked to agree.")
            return redirect("courses:transfer_detail", pk)
    context["people"] = likely_managers(enrollment)
    return render(request, "courses/purpose_edit.html", context, status=status)


def _before(enrollment: Enrollment, user: Person) -> Purpose | None:
    """What was written for another date of the course, to begin with: who moves need not write it anew."""
    own = Purpose.objects.visible_to(user).filter(enrollment__person=user)
    last = own.filter(enrollment__offering__course=enrollment.offering.course_id).order_by("written_at", "pk").last()
    return last and Purpose(problem=last.problem, able_to=last.able_to, expected=last.expected)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Four taps about the course, and the plan; a plan left empty is written later."""
    enrollment = get_object_or_404(Enrollment.objects.owned_by(request.user).for_page(), pk=pk)
    plan = ApplicationPlan.objects.editable_by(request.user).filter(enrollment=pk).for_page().first()
    reaction = Reaction.objects.visible_to(request.user).filter(enrollment=pk).first()
    taps = ReactionForm(request.POST or None, instance=reaction)
    form = PlanForm(
        request.POST or None,
        enrollment=enrollment,
        instance=plan,
        empty_permitted=plan is None,
        use_required_attribute=False,
    )
    context: dict[str, Any] = {"enrollment": enrollment, "plan": plan, "taps": taps, "form": form}
    if request.method == "POST" and all([taps.is_valid(), form.is_valid()]):
        refusal = _keep(enrollment, taps, form)
        if refusal is None:
            words = "Thank you: your plan is kept." if form.has_changed() or plan else "Thank you. Your plan can wait."
            messages.success(request, words)
            return redirect("courses:transfer_detail", pk)
        return render(request, "courses/plan_edit.html", context | {"refusal": refusal}, status=409)
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/plan_edit.html", context, status=status)


def _keep(enrollment: Enrollment, taps: ReactionForm, form: PlanForm) -> actions.Refused | None:
    """Keep both, or say why not."""
    said = {name: form.cleaned_data[name] for name in PlanForm.Meta.fields if name in form.cleaned_data}
    try:
        actions.react(enrollment, **{name: taps.cleaned_data[name] for name in ReactionForm.Meta.fields})
        if said.get("what"):
            actions.write_plan(enrollment, **said)
    except actions.Refused as refusal:
        return refusal
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_answer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Two questions, signed in; an answer can be corrected here."""
    row = get_object_or_404(FollowUp.objects.answerable_by(request.user).for_page(), pk=pk)
    form = FollowUpForm(request.POST or None, instance=row, person=request.user)
    context: dict[str, Any] = {"row": row, "form": form, "enrollment": row.plan.enrollment, "now": timezone.now()}
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            answer(row, form, by=request.user)
        except actions.Refused as refusal:
            context["refusal"], status = refusal, 409
        else:
            messages.success(request, "Thank you: your answer is kept.")
            return redirect("courses:transfer_detail", row.plan.enrollment_id)
    return render(request, "courses/follow_up_answer.html", context, status=status)


def answer(row: FollowUp, form: FollowUpForm, *, by: Person, is_first: bool = False) -> None:
    """Keep what a valid form says; `is_first`: unless it was answered before. Raises Refused."""
    actions.answer_follow_up(row, actions.Told(**form.cleaned_data), by=by, is_first=is_first)


@require_POST
def plan_sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The plan becomes an A3: the same one, however often this is pressed."""
    plan = get_object_or_404(ApplicationPlan.objects.editable_by(request.user), pk=pk)
    return redirect(actions.make_sheet(plan, by=request.user))


@require_safe
def plan_of_sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """For the sheet's page: the course that it came from, and the way to the plan for those who read it."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user), pk=pk)
    plan = ApplicationPlan.objects.visible_to(request.user).filter(sheet=sheet).for_page().first()
    return render(request, "courses/plan_of_sheet.html", {"plan": plan})
