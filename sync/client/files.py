"""The bytes of kept documents on their way: piece by piece, the most urgent first, gone on with where they broke."""

from __future__ import annotations

import re
from collections import Counter

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.codec import microseconds
from app.store.feed import DeviceFeed
from app.store.file_jobs import FileJob, FileJobs, Outcome, Way
from sync.client.greeting import EPOCH
from sync.client.moment import Now
from sync.client.transport import Road
from sync.protocol import transfer

BLOBS = "/sync/v1/blobs"
MOST_STUMBLES = 3
"""How often a file that goes up may begin anew in one go before it is put off."""

_UPLOAD = re.compile(re.escape(BLOBS) + r"/uploads/[0-9a-f]{32}", re.ASCII)
_BEGIN_ANEW = {"UPLOAD_UNKNOWN", "UPLOAD_ELSEWHERE", "PIECE_DAMAGED"}
_TUS = {"Tus-Resumable": transfer.TUS}


class Files:
    """Carries files between the device's store and the centre; one thread at a time."""

    def __init__(self, feed: DeviceFeed, road: Road, now: Now) -> None:
        self._feed = feed
        self._jobs = FileJobs(feed)
        self._road = road
        self._now = now
        self._places: dict[str, tuple[str, int]] = {}
        """For each file that goes up: where its pieces are sent, and how many bytes the centre has."""
        self._stumbles: Counter[str] = Counter()

    def carry(self) -> int:
        """Carry all files that wait, piece by piece, so that a more urgent one is never held up; gives how many.

        Raises Trouble as the road does; what has arrived until then stays.
        """
        self._places.clear()  # the other side may have come further meanwhile, or forgotten
        self._stumbles.clear()
        self._jobs.tidy()
        carried = 0
        epoch = self._feed.recall(EPOCH) or ""
        while (job := self._jobs.next(epoch, self._at())) is not None:
            step = self._send if job.way is Way.UP else self._fetch
            carried += step(job, epoch)
        return carried

    def _at(self) -> int:
        return microseconds(self._now())

    # ------------------------------------------------------------------------------------------ up
    def _send(self, job: FileJob, epoch: str) -> bool:
        """Bring one piece up, or have the whole confirmed; gives whether the file is there now."""
        try:
            path, offset = self._places.get(job.sha256) or self._begin(job)
            if offset < job.size:
                self._places[job.sha256] = path, self._bring(job, path, offset)
                return False
            is_there = self._is_confirmed(job)
        except Refusal as refusal:
            self._places.pop(job.sha256, None)
            self._stumbles[job.sha256] += 1
            if refusal.code not in _BEGIN_ANEW or self._stumbles[job.sha256] > MOST_STUMBLES:
                self._jobs.note(job, Outcome.REFUSED, self._at())
            return False
        if is_there:
            self._jobs.note(job, Outcome.DONE, self._at(), done=job.size, epoch=epoch)
        else:
            self._jobs.note(job, Outcome.DAMAGED, self._at())
        return is_there

    def _begin(self, job: FileJob) -> tuple[str, int]:
        headers = {"Upload-Length": str(job.size), "Upload-Metadata": transfer.metadata_of(job.sha256)}
        with self._road.answered("POST", BLOBS, headers=_TUS | headers) as answer:
            path, offset = answer.headers.get("Location", ""), transfer.whole(answer.headers.get("Upload-Offset"))
        if not _UPLOAD.fullmatch(path) or offset is None or offset > job.size:
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical="an upload that is none")
        self._places[job.sha256] = path, offset
        return path, offset

    def _bring(self, job: FileJob, path: str, offset: int) -> int:
        piece = self._jobs.piece(job, offset, transfer.PIECE)
        headers = {
            "Content-Type": transfer.OCTETS,
            "Upload-Offset": str(offset),
            "Upload-Checksum": transfer.checksum_of(piece),
        }
        with self._road.answered("PATCH", path, piece, _TUS | headers) as answer:
            reached = transfer.whole(answer.headers.get("Upload-Offset"))
        if reached != offset + len(piece):
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical="a piece that arrived elsewhere")
        self._jobs.note(job, Outcome.PENDING, self._at(), done=reached)
        return reached

    def _is_confirmed(self, job: FileJob) -> bool:
        """Ask the centre what it has: it looks at the bytes that lie there and says their hash."""
        with self._road.answered("HEAD", f"{BLOBS}/{job.sha256}") as answer:
            digest = transfer.read_digest(answer.headers.get("Repr-Digest", ""))
        if digest is None:
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical="a file without its hash")
        return digest == job.sha256

    # ------------------------------------------------------------------------------------------ down
    def _fetch(self, job: FileJob, epoch: str) -> bool:
        """Fetch one piece, on from the byte that came last; gives whether the file is here whole now."""
        if job.done >= job.size:
            return self._jobs.finish(job, self._at(), epoch)
        wanted = min(job.size, job.done + transfer.PIECE)
        try:
            done = self._piece(job, wanted)
        except Refusal:
            self._jobs.note(job, Outcome.MISSING, self._at())
            return False
        if done is None:
            self._jobs.note(job, Outcome.DAMAGED, self._at())
            return False
        if done < wanted:
            raise Trouble("OFFLINE", technical="a file broke off")
        return done == job.size and self._jobs.finish(job, self._at(), epoch)

    def _piece(self, job: FileJob, wanted: int) -> int | None:
        """Keep what comes of a piece, even where it breaks; gives how far the file has come, None for another file."""
        came = bytearray()
        is_right = False
        try:
            headers = {"Range": f"bytes={job.done}-{wanted - 1}", "If-Range": transfer.etag_of(job.sha256)}
            with self._road.answered("GET", f"{BLOBS}/{job.sha256}", headers=headers) as answer:
                told = transfer.read_content_range(answer.headers.get("Content-Range", ""))
                if answer.status == 206 and told is None:
                    raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical="a part without its place")
                is_right = told == (job.done, wanted, job.size)
                if not is_right:
                    return None
                for piece in answer.pieces:
                    came += piece
                    if len(came) > wanted - job.done:
                        is_right = False
                        return None
        finally:
            if is_right and came:
                self._jobs.keep(job, job.done, bytes(came), self._at())
        return job.done + len(came)
