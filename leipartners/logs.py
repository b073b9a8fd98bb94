"""Log lines: one line each, so that nobody's text can forge another; secrets in addresses are left out."""

import logging
import re

SECRET = re.compile(r"(?<=/)[\w-]{43}(?=[/.]|\b)")  # a secret of partners.lib.tokens in an address


class OneLineFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        message = SECRET.sub("(secret)", super().format(record))
        if record.exc_info:
            return message  # a trace has lines of its own; its text is ours
        return message.replace("\r", "\\r").replace("\n", "\\n")
