"""Where concrete classes meet: the encoder, the open index, retrieval and answering, as the settings say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache

from structlog.typing import FilteringBoundLogger

from indexer.embedding import load_encoder
from indexer.encoders.port import Encoder
from indexer.errors import CitewiseError, EncoderError
from indexer.index.generations import OpenIndex, current_generation, open_index
from service.answering import Answering
from service.answers.choice import EXTRACTIVE, GENERATIVE, Answerers
from service.answers.quoted import Quoting
from service.answers.written import GenerativeAnswerer, Prompts, Rewriting, load_prompts
from service.answers.written.checks import CrossEncoderJudge, Judge, ReaderJudge, Verifier
from service.language import LanguageModel, Usage
from service.live import LiveIndex, OpenGeneration
from service.logs import make_log
from service.model import Question
from service.networks import PackagedPairModel
from service.question import Parser
from service.search import Retriever, SecondLook
from service.search.rerank import CrossEncoderReranker
from service.settings import NO_MODEL, PACKAGED_READER, PROMPTS, Settings

# One that is searched for, and one about scores: what each needs is read before somebody waits for it.
_WARMING = ("What was found?", "Which scored 3?")


@cache
def _packaged_reader() -> PackagedPairModel:
    """One for the process: it is the same whoever asks."""
    return PackagedPairModel.load()


def judge_of(settings: Settings) -> Callable[[], Judge | None]:
    """As `encoder_of`."""
    name = settings.judge_model
    if name == NO_MODEL:
        return lambda: None
    if name == PACKAGED_READER:
        return lambda: ReaderJudge(_packaged_reader())
    return cache(lambda: CrossEncoderJudge.load(name))


@dataclass(frozen=True, kw_only=True)
class Writer:
    """A language model, what it is told, and what decides on its claims."""

    model: LanguageModel
    prompts: Prompts
    verifier: Verifier
    log: FilteringBoundLogger


def open_generation(
    settings: Settings,
    encoder: Callable[[], Encoder],
    second: Callable[[], SecondLook] | None = None,
    writer: Writer | None = None,
) -> OpenGeneration:
    """The newest generation, warm: the first question has nothing left to load.

    Raises IndexOpenError if there is none or it is damaged, EncoderError if the model is not the index's,
    SettingsError or EncoderError if the reranker cannot be loaded.
    """
    index = open_index(settings.index)
    try:
        loaded = encoder()
        _check_model(index, loaded, settings)
        parser = Parser(index.catalogue, index.store)
        retriever = Retriever(index, loaded, parser, (second or second_look_of(settings))())
        answering = Answering(index, parser, retriever, _answerers(settings, index, writer))
        for question in _WARMING:
            answering.answer(Question(text=question, answerer=EXTRACTIVE))
    except BaseException:
        index.close()
        raise
    manifest = index.manifest
    return OpenGeneration(
        generation=index.generation,
        created=manifest.created,
        embedding_model=manifest.model_name,
        counts=dict(manifest.counts),
        skipped=len(manifest.skipped),
        catalogue=index.catalogue,
        retriever=retriever,
        answering=answering,
        release=index.close,
    )


@contextmanager
def opened_now(settings: Settings) -> Iterator[OpenGeneration]:
    """The newest generation with all that the settings name, for a process that answers for itself. Raises what
    `open_generation` and `writer_of` raise."""
    with writer_of(settings, make_log(settings.log_level)) as writer:
        opened = open_generation(settings, encoder_of(settings), writer=writer)
        try:
            yield opened
        finally:
            opened.release()


def live_index(
    settings: Settings,
    log: FilteringBoundLogger,
    failed: Callable[[CitewiseError], None] | None = None,
    writer: Writer | None = None,
) -> LiveIndex:
    """The index of a service. One encoder serves all generations, and one language model."""
    encoder, second = encoder_of(settings), second_look_of(settings)
    return LiveIndex(
        settings.index,
        open_newest=lambda: open_generation(settings, encoder, second, writer),
        newest=lambda: current_generation(settings.index),
        seconds=settings.reload_seconds,
        log=log,
        failed=failed,
    )


def encoder_of(settings: Settings) -> Callable[[], Encoder]:
    """Loads the model at the first call; later calls give the same."""
    return cache(
        lambda: load_encoder(settings.embedding_model, backend=settings.embedding_backend, cache=settings.cache)
    )


def second_look_of(settings: Settings) -> Callable[[], SecondLook]:
    """As `encoder_of`."""
    name = settings.reranker_model
    if name == NO_MODEL:
        return SecondLook
    if name == PACKAGED_READER:
        return lambda: SecondLook(reader=_packaged_reader())
    return cache(lambda: SecondLook(reranker=CrossEncoderReranker.load(name)))


@contextmanager
def writer_of(
    settings: Settings, log: FilteringBoundLogger, used: Callable[[Usage], None] = lambda _: None
) -> Iterator[Writer | None]:
    """The language model that the settings name, for as long as the block runs; None where they name none.

    used  told of the tokens of each text.
    Raises PromptError if the texts for it cannot be used.
    """
    if settings.model_url is None or settings.model_name is None:
        yield None
        return
    from service.language.client import ChatClient, Server

    server = Server(
        url=settings.model_url,
        name=settings.model_name,
        key=settings.model_key,
        connect=settings.model_connect_seconds,
        read=settings.model_read_seconds,
        total=settings.model_total_seconds,
        calls=settings.model_calls,
        most_tokens=settings.model_tokens,
    )
    prompts = load_prompts(settings.prompts or PROMPTS)
    verifier = Verifier(judge_of(settings)())
    with closing(ChatClient(server, used=used)) as model:
        yield Writer(model=model, prompts=prompts, verifier=verifier, log=log)


def _answerers(settings: Settings, index: OpenIndex, writer: Writer | None) -> Answerers:
    quoting = Quoting(index.catalogue)
    if writer is None:
        return Answerers(by_name={EXTRACTIVE: quoting})
    generative = GenerativeAnswerer(writer.model, writer.prompts, writer.verifier, quoting, writer.log)
    return Answerers(
        by_name={EXTRACTIVE: quoting, GENERATIVE: generative},
        usual=settings.answerer,
        rewrite=Rewriting(writer.model, writer.prompts, writer.log),
    )


def _check_model(index: OpenIndex, encoder: Encoder, settings: Settings) -> None:
    if encoder.model.digest != index.manifest.model_digest:
        raise EncoderError(
            f"the index in {settings.index} was made with the embedding model {index.manifest.model_name}, and "
            f"CITEWISE_EMBEDDING_MODEL gives {encoder.model.name}; set it to the index's model, or index again"
        )
