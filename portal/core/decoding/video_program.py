"""Makes an MP4 (H.264, AAC) that every phone plays of a video that a stranger sent; runs in a process of its own.

``SOURCE TARGET POSTER SECONDS SHORTER_SIDE``: upright, at most 30 pictures a second, no metadata, cut after SECONDS; the first
picture as PNG. Prints width, height and seconds as JSON. Larger than 4K ends with 4, what is no video with 3.
"""

import json
import sys
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

UNREADABLE, TOO_LARGE = 3, 4
MAX_PIXELS = 4096 * 2304
FRAMES = 30
VIDEO_CODECS = {"h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "mpeg4", "h263", "mjpeg", "mpeg2video"}
AUDIO_CODECS = {"aac", "mp3", "mp3float", "opus", "vorbis", "amrnb", "amrwb", "ac3", "pcm_s16le", "pcm_s16be", "flac"}
MATROSKA = b"\x1a\x45\xdf\xa3"
QUARTER = 90
THREE_QUARTERS = 3
BAD_PACKETS = 50
EARLY_FRAMES = 400


class Strange(Exception):
    """Not a video that we read."""


class TooLarge(Exception):
    """More than 4K."""


class Picture:
    """The way of the video's frames: turned upright, shrunk, thirty a second."""

    def __init__(self, first: VideoFrame, stream: VideoStream, shorter: int) -> None:
        self.shape = (first.width, first.height, first.format.name)
        turns = round(-first.rotation / QUARTER) % 4
        wide, high = (first.height, first.width) if turns % 2 else (first.width, first.height)
        share = min(1.0, shorter / min(wide, high), shorter * 16 / 9 / max(wide, high))
        self.width, self.height = (max(2, round(side * share / 2) * 2) for side in (wide, high))
        steps = [
            *([("transpose", "cclock")] if turns == THREE_QUARTERS else [("transpose", "clock")] * turns),
            ("scale", f"{self.width}:{self.height}"), ("setsar", "1"), ("fps", f"fps={FRAMES}"), ("format", "yuv420p"),
        ]  # fmt: skip
        self.graph = Graph()
        nodes = [self.graph.add_buffer(template=stream), *(self.graph.add(*step) for step in steps)]
        nodes.append(self.graph.add("buffersink"))
        self.graph.link_nodes(*nodes).configure()

    def drawn_from(self, frame: VideoFrame | None) -> list[VideoFrame]:
        """What comes out when a frame goes in; None at the end."""
        if frame is not None and (frame.width, frame.height, frame.format.name) != self.shape:
            return []
        self.graph.vpush(frame)
        made = []
        while True:
            try:
                made.append(self.graph.vpull())
            except (av.error.BlockingIOError, av.error.EOFError):
                return made


class Maker:
    """The MP4 that is being written."""

    def __init__(self, source: InputContainer, target: OutputContainer, poster: str, shorter: int) -> None:
        self.source, self.target, self.poster, self.shorter = source, target, poster, shorter
        self.film = checked_film(source)
        self.sound = next(iter(stream for stream in source.streams.audio if is_read(stream, AUDIO_CODECS)), None)
        self.picture: Picture | None = None
        self.video: VideoStream | None = None
        self.audio: AudioStream | None = None
        self.early: list[AudioFrame] = []
        self.began = 0.0
        self.frames = 0

    def make(self, seconds: int) -> None:
        """Read to the end, or until ``seconds`` of it are there."""
        streams = [self.film, *([self.sound] if self.sound else [])]
        bad = 0
        for packet in self.source.demux(*streams):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                bad += 1
                if bad > BAD_PACKETS:
                    raise
                continue
            if any(self.is_behind(frame, seconds) for frame in frames if isinstance(frame, VideoFrame)):
                break
            for frame in frames:
                self.take(frame, seconds)
        self.end()

    def is_behind(self, frame: VideoFrame, seconds: int) -> bool:
        """Whether it stands behind the last second that is kept."""
        return self.picture is not None and (frame.time or 0.0) - self.began >= seconds

    def take(self, frame: object, seconds: int) -> None:
        """Put one frame on its way."""
        if isinstance(frame, VideoFrame):
            if self.picture is None:
                self.begin(frame)
            self.write(self.picture.drawn_from(frame) if self.picture else [])
        elif isinstance(frame, AudioFrame):
            if self.audio is None:
                self.early = [*self.early[-EARLY_FRAMES:], frame]
            elif frame.time is None or frame.time - self.began < seconds:
                self.target.mux(self.audio.encode(frame))

    def begin(self, first: VideoFrame) -> None:
        """Open the streams: the first frame has told size and turn."""
        self.picture = Picture(first, self.film, self.shorter)
        self.began = first.time or 0.0
        options = {
            "crf": "26", "preset": "veryfast", "maxrate": "2M", "bufsize": "4M", "profile": "main", "threads": "2",
        }  # fmt: skip
        self.video = self.target.add_stream("libx264", rate=FRAMES, options=options)
        self.video.width, self.video.height, self.video.pix_fmt = self.picture.width, self.picture.height, "yuv420p"
        if self.sound is not None:
            self.audio = self.target.add_stream("aac", rate=48_000, layout="stereo")
            self.audio.bit_rate = 96_000
            for frame in self.early:
                self.target.mux(self.audio.encode(frame))

    def write(self, frames: list[VideoFrame]) -> None:
        """Encode frames; the first becomes the poster too."""
        for frame in frames:
            if not self.frames:
                frame.to_image().save(self.poster, "PNG", compress_level=1)  # type: ignore[no-untyped-call]
            self.frames += 1
            self.target.mux(self.video.encode(frame) if self.video else [])

    def end(self) -> None:
        """What is still on its way."""
        if self.picture is None or self.video is None:
            raise Strange("no picture in it")
        self.write(self.picture.drawn_from(None))
        self.target.mux(self.video.encode(None))
        if self.audio is not None:
            self.target.mux(self.audio.encode(None))


def is_read(stream: VideoStream | AudioStream, known: set[str]) -> bool:
    """Whether its codec is one that phones record in; all others stay closed."""
    return stream.codec_context.name in known


def checked_film(source: InputContainer) -> VideoStream:
    """The video stream. Raises Strange, TooLarge."""
    film = next(iter(source.streams.video), None)
    if film is None or not is_read(film, VIDEO_CODECS):
        raise Strange("no video stream of a known kind")
    if film.codec_context.width * film.codec_context.height > MAX_PIXELS:
        raise TooLarge
    film.thread_type = "SLICE"
    return film


def main() -> int:
    """Read the one, write the other."""
    name, target_name, poster, seconds, shorter = sys.argv[1:6]
    with Path(name).open("rb") as file:
        kind = "matroska" if file.read(4) == MATROSKA else "mov"
    local = {"protocol_whitelist": "file"}
    with (
        av.open(name, format=kind, options=local) as source,
        av.open(target_name, "w", format="mp4", options={"movflags": "+faststart"}) as target,
    ):
        maker = Maker(source, target, poster, int(shorter))
        maker.make(int(seconds))
        picture = maker.picture
    print(json.dumps({  # noqa: T201 - the answer
        "width": picture.width if picture else 0, "height": picture.height if picture else 0,
        "seconds": max(1, round(maker.frames / FRAMES)),
    }))  # fmt: skip
    return 0


if __name__ == "__main__":
    try:
        code = main()
    except TooLarge:
        code = TOO_LARGE
    except (Strange, av.error.FFmpegError, OSError, ValueError, MemoryError, RuntimeError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}")
        code = UNREADABLE
    sys.exit(code)
