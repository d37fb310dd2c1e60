"""Static files with lasting names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ForgivingStaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies; a picture that is not there is a missing picture, not a broken page."""

    manifest_strict = False
