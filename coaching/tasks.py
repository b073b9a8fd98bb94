"""What happens after the response: each task takes ids and calls one function."""

from celery import shared_task

from coaching import pack_pdf, pdf


@shared_task(soft_time_limit=60)
def print_memo(print_pk: int) -> None:
    pdf.make(print_pk)


@shared_task(soft_time_limit=110)
def make_pack(pack_pk: int) -> None:
    pack_pdf.make_pack(pack_pk)
