"""Everything that can go wrong while measuring.

CitewiseError             the root, in indexer.errors
└── EvalError
    ├── QuestionsError    a file of questions is wrong: which line, what, and how it should be
    ├── RunError          a stored run cannot be written or read, or is of other questions
    ├── BaselineError     a baseline cannot be read, or is of other questions
    └── MeasureError      something cannot be measured here, and why
"""

from indexer.errors import CitewiseError


class EvalError(CitewiseError):
    pass


class QuestionsError(EvalError):
    exit_status = 2


class RunError(EvalError):
    exit_status = 2


class BaselineError(EvalError):
    exit_status = 2


class MeasureError(EvalError):
    pass
