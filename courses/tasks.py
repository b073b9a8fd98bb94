"""What happens after the response: each task takes ids and calls one function."""

from celery import shared_task

from courses import account, mails, pdf


@shared_task
def tell(enrollment_pk: int) -> None:
    mails.tell(enrollment_pk)
    account.keep(enrollment_pk)


@shared_task
def tell_again(enrollment_pk: int, minute: int) -> None:
    mails.tell_again(enrollment_pk, minute)


@shared_task
def tell_of_certificate(certificate_pk: int) -> None:
    mails.tell_of_certificate(certificate_pk)


@shared_task
def tell_many(enrollment_pks: list[int]) -> None:
    for pk in enrollment_pks:
        mails.tell(pk)
    account.keep(*enrollment_pks)


@shared_task(soft_time_limit=280)
def print_book(book_pk: int) -> None:
    pdf.make_book(book_pk)
