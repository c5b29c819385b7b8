"""Everything that can go wrong while answering.

CitewiseError                 the root, in indexer.errors
└── ServiceError
    ├── NotReadyError         no index is open yet
    ├── AnswererError         a question names an answerer that is not set up
    ├── PromptError           a text for the language model cannot be used
    ├── StoreError            feedback cannot be kept or read; in service.store
    ├── ModelError            a language model gave nothing; in service.language
    └── UnknownFilterError    a question's filter names what the index does not hold

"Cannot answer" is no error: it is an Answer with its outcome and reason.
"""

from indexer.errors import CitewiseError


class ServiceError(CitewiseError):
    pass


class NotReadyError(ServiceError):
    pass


class AnswererError(ServiceError):
    field = "answerer"


class PromptError(ServiceError):
    pass


class UnknownFilterError(ServiceError):
    """`field` is the filter's name, as in "filters.reports"."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
