"""What the service counts, for Prometheus; each service has a registry of its own."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from service.language import Usage
from service.model import Answer

MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Labels are few and fixed: route patterns, statuses, outcomes, reasons. Never a question or an id."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "citewise_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "citewise_request_seconds",
            "From a request's arrival to the end of its response.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._answers = Counter("citewise_answers", "Answers given.", ("outcome", "reason"), registry=self._registry)
        self._stages = Histogram(
            "citewise_answer_stage_seconds",
            "What answering spends on each stage.",
            ("stage",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._index = Gauge(
            "citewise_index_info", "1 for the generation that serves.", ("generation",), registry=self._registry
        )

        self._claims = Counter(
            "citewise_model_claims",
            "Claims of the language model, by the check that they failed; `none` for those that are shown.",
            ("check",),
            registry=self._registry,
        )
        self._fallbacks = Counter(
            "citewise_model_fallbacks",
            "Answers that the language model did not write to the end.",
            ("reason",),
            registry=self._registry,
        )
        self._tokens = Counter(
            "citewise_model_tokens", "Tokens, as the server counts.", ("kind",), registry=self._registry
        )

    def used(self, usage: Usage) -> None:
        self._tokens.labels("prompt").inc(usage.prompt)
        self._tokens.labels("completion").inc(usage.completion)

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, answer: Answer) -> None:
        self._answers.labels(answer.outcome.value, answer.reason.value if answer.reason else "none").inc()
        for check, count in answer.provenance.dropped.items():
            self._claims.labels(check).inc(count)
        if answer.provenance.answerer == "generative":
            self._claims.labels("none").inc(len(answer.claims))
        if answer.provenance.fallback is not None:
            self._fallbacks.labels(answer.provenance.fallback.value).inc()
        for stage, milliseconds in answer.timings_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)

    def exposition(self, generation: str | None) -> bytes:
        """The text that Prometheus reads."""
        self._index.clear()
        if generation is not None:
            self._index.labels(generation).set(1)
        return generate_latest(self._registry)
