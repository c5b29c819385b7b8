"""Models that read a question or claim and a passage together."""

from service.networks.packaged import PackagedPairModel
from service.networks.port import Mark, PairModel, PairRead

__all__ = ["Mark", "PackagedPairModel", "PairModel", "PairRead"]
