"""What happens after the response: each task takes ids and calls one function."""

from celery import shared_task

from a3 import pdf


@shared_task(soft_time_limit=60)
def render(print_pk: int) -> None:
    pdf.make(print_pk)


@shared_task(soft_time_limit=60, ignore_result=True)
def measure(sheet_pk: int) -> None:
    pdf.measure(sheet_pk)


@shared_task(soft_time_limit=280)
def bind(book_pk: int) -> None:
    if pdf.bind(book_pk):
        bind.delay(book_pk)
