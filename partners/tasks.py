"""What happens after the response: each task takes ids and calls one function."""

from celery import shared_task

from partners import mails


@shared_task
def deliver(mail_pk: int) -> None:
    """Send one mail."""
    mails.deliver(mail_pk)


@shared_task
def deliver_many(mail_pks: list[int]) -> None:
    """Send a handful of mails over one connection; few enough to be done long before the task's time limit."""
    mails.deliver(*mail_pks)
