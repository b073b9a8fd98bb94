"""What the page of a visit shows of its record: an own fragment, with its own scope."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coaching.models import Memo, Promise, Visit
from coaching.models.memos import memo_due_at
from partners.http import AuthenticatedRequest


@require_safe
def visit_record(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """In short: the walk, what was promised there, and where the memo stands, with the ways to each."""
    counted = {
        "observation_count": Count("observations", filter=Q(observations__removed_at__isnull=True), distinct=True),
        "question_count": Count("questions", filter=Q(questions__removed_at__isnull=True), distinct=True),
    }
    visits = Visit.objects.with_record_visible_to(request.user).with_record_rights_of(request.user)
    visit = get_object_or_404(visits.select_related("site__partner", "walk").annotate(**counted), pk=pk)
    promises = Promise.objects.visible_to(request.user).standing().with_answer_right_of(request.user)
    context = {
        "visit": visit,
        "walk": getattr(visit, "walk", None),
        "promises": list(promises.filter(visit=visit).select_related("owner", "said_by")),
        "memo": Memo.objects.visible_to(request.user).filter(visit=visit).first(),
        "due_at": memo_due_at(visit),
        "now": timezone.now(),
        "today": timezone.localdate(timezone=visit.site.tzinfo),
    }
    return render(request, "coaching/visit_record.html", context)
