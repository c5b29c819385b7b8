"""What people say of an answer, and an earlier answer as it was given."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import AfterValidator, StringConstraints

from service.channels.api.ask_request import readable
from service.channels.api.bodies import AnswerBody
from service.channels.api.body import Body
from service.channels.problems import ProblemError, documented
from service.keeping import Keeping
from service.store import Verdict

LONGEST_COMMENT = 2000
_SHAPE = r"^ans_[A-Za-z0-9_-]{1,64}$"
AnswerId = Annotated[str, StringConstraints(pattern=_SHAPE)]


class FeedbackBody(Body):
    """A later one about the same answer takes the place of the one before; its comment stays if none comes after it."""

    answer_id: AnswerId
    verdict: Verdict
    comment: (
        Annotated[
            str,
            StringConstraints(strip_whitespace=True, max_length=LONGEST_COMMENT),
            AfterValidator(readable),
        ]
        | None
    ) = None


class FeedbackKept(Body):
    answer_id: str
    verdict: Verdict


def feedback_routes(keeping: Keeping) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["feedback"])

    @router.post(
        "/feedback",
        operation_id="give_feedback",
        summary="Say whether an answer helped",
        status_code=202,
        responses=documented(400, 413, 422, 500, 503),
    )
    async def feedback(body: FeedbackBody) -> FeedbackKept:
        """Keeps the verdict and the comment, and nothing about who gave them."""
        await keeping.feedback(body.answer_id, body.verdict, body.comment or None)
        return FeedbackKept(answer_id=body.answer_id, verdict=body.verdict)

    @router.get(
        "/answers/{answer_id}",
        operation_id="get_answer",
        summary="An earlier answer",
        response_model=AnswerBody,
        responses=documented(404, 422, 500, 503),
    )
    async def answer(answer_id: Annotated[str, Path(pattern=_SHAPE, description="The answer's id.")]) -> Response:
        """The answer as it was given, where answers are kept."""
        kept = await keeping.answer(answer_id)
        if kept is None:
            raise ProblemError(404, "no such answer is kept")
        return Response(kept, media_type="application/json", headers={"Cache-Control": "no-store"})

    return router
