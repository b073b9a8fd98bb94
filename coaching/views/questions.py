"""Questions that were left with the host: the page on which they are answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coaching import actions
from coaching.forms import AnswerForm
from coaching.models import Question
from partners.http import AuthenticatedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def question_answer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Answer a question of a walk; a later answer takes the place of an earlier one."""
    questions = Question.objects.answerable_by(request.user).select_related("visit__site__partner", "written_by")
    question = get_object_or_404(questions, pk=pk)
    form = AnswerForm(request.POST or None, initial={"answer": question.answer})
    if form.is_valid():
        actions.answer_question(question, form.cleaned_data["answer"], by=request.user)
        messages.success(request, "Answered: whoever reads the record of this visit sees it.")
        return redirect("coaching:walk_detail", question.visit_id)
    context = {"question": question, "form": form}
    return render(request, "coaching/question_answer.html", context, status=422 if form.errors else 200)
