"""Models that read a question or claim and a passage together."""

from service.pairwise.packaged import PackagedPairModel
from service.pairwise.port import Mark, PairModel, PairRead

__all__ = ["Mark", "PackagedPairModel", "PairModel", "PairRead"]
