"""Log lines: one line each, so that nobody's text can forge another."""

import logging


class OneLineFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        message = super().format(record)
        if record.exc_info:
            return message  # a trace has lines of its own; its text is ours
        return message.replace("\r", "\\r").replace("\n", "\\n")
