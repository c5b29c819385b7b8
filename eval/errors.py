"""Everything that can go wrong while measuring.

CitewiseError             the root, in indexer.errors
└── EvalError
    ├── QuestionsError    a file of questions is wrong: which line, what, and how it should be
    ├── FloorsError       a file of floors is wrong
    └── MeasureError      something cannot be measured here, and why
"""

from indexer.errors import CitewiseError


class EvalError(CitewiseError):
    pass


class QuestionsError(EvalError):
    exit_status = 2


class FloorsError(EvalError):
    exit_status = 2


class MeasureError(EvalError):
    pass
