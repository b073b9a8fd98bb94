"""What happens after the response: each task takes ids and calls one function."""

from celery import shared_task

from partners import mails


@shared_task
def deliver(mail_pk: int) -> None:
    mails.deliver(mail_pk)


@shared_task
def deliver_many(mail_pks: list[int]) -> None:
    for pk in mail_pks:
        mails.deliver(pk)
