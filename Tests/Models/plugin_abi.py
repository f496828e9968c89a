"""A plugin called through textexplain_plugin.h from Python: many texts in one process, and the extensions by themselves."""

import ctypes
from ctypes import (CFUNCTYPE, POINTER, Structure, c_char_p, c_double, c_int32, c_int64, c_size_t, c_uint8,
                    c_uint32, c_uint64, c_void_p, sizeof)

import numpy as np


class Text(Structure):
    _fields_ = [("data", c_char_p), ("len", c_size_t)]


class Option(Structure):
    _fields_ = [("key", Text), ("value", Text)]


class Error(Structure):
    _fields_ = [("size", c_uint32), ("capacity", c_uint32), ("length", c_uint32), ("reserved", c_uint32),
                ("message", c_void_p)]


STOP = CFUNCTYPE(c_int32, c_void_p)


class Call(Structure):
    _fields_ = [("size", c_uint32), ("flags", c_uint32), ("deadline_ns", c_uint64), ("seed", c_uint64), ("ctx", c_void_p),
                ("should_stop", STOP)]


def asking(stop):
    """The terms of a call that asks `stop()`, whether to, at each poll; to be kept as long as it is used."""
    return Call(sizeof(Call), 0, 0, 0, None, STOP(lambda _: stop()))


class Scores(Structure):
    _fields_ = [("size", c_uint32), ("outputs", c_uint32), ("rows", c_size_t), ("row_stride", c_size_t),
                ("scores", POINTER(c_double)), ("row_flags", POINTER(c_uint8))]


class Info(Structure):
    _fields_ = [("size", c_uint32), ("output_kind", c_int32), ("outputs", c_uint32), ("threading", c_int32),
                ("labels", POINTER(c_char_p)), ("languages", c_void_p), ("flags", c_uint32),
                ("preferred_batch", c_uint32), ("max_batch", c_uint32), ("max_text_bytes", c_uint32),
                ("model_id", c_char_p), ("tolerance", c_double), ("typical_cost_us", c_uint32), ("reserved", c_uint32)]


CREATE = CFUNCTYPE(c_int32, c_void_p, c_void_p, POINTER(Option), c_size_t, c_void_p, POINTER(c_void_p), POINTER(Error))
PREDICT = CFUNCTYPE(c_int32, c_void_p, c_void_p, POINTER(Text), c_size_t, POINTER(Scores), POINTER(Error))


class Classifier(Structure):
    _fields_ = [("size", c_uint32), ("flags", c_uint32), ("needs", c_uint32), ("option_count", c_uint32),
                ("options", c_void_p), ("id", c_char_p), ("name", c_char_p), ("version", c_char_p),
                ("vendor", c_char_p), ("license", c_char_p), ("description", c_char_p), ("url", c_char_p),
                ("create", CREATE), ("destroy", CFUNCTYPE(None, c_void_p)), ("info", CFUNCTYPE(POINTER(Info), c_void_p)),
                ("predict", PREDICT), ("get_extension", CFUNCTYPE(c_void_p, c_void_p, c_char_p))]


class Library(Structure):
    _fields_ = [("size", c_uint32), ("abi_minor", c_uint32), ("classifier_count", c_uint32), ("reserved", c_uint32),
                ("classifiers", POINTER(POINTER(Classifier))), ("refusal", c_char_p)]


PUT = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_size_t)


class Sink(Structure):
    _fields_ = [("size", c_uint32), ("record_size", c_uint32), ("ctx", c_void_p), ("put", PUT)]


class Term(Structure):
    _fields_ = [("begin", c_uint64), ("end", c_uint64), ("value", c_double), ("feature", c_int64)]


class Linear(Structure):
    _fields_ = [("size", c_uint32), ("terms_are_independent", c_uint32),
                ("terms", CFUNCTYPE(c_int32, c_void_p, Text, c_uint32, POINTER(c_double), POINTER(Sink), POINTER(Error)))]


class Masking(Structure):
    _fields_ = [("size", c_uint32), ("absent", c_int32), ("text", Text), ("filler", Text),
                ("pieces", POINTER(c_uint64)), ("piece_count", c_size_t)]


class Masked(Structure):
    _fields_ = [("size", c_uint32), ("absent_modes", c_uint32),
                ("prepare", CFUNCTYPE(c_int32, c_void_p, c_void_p, POINTER(Masking), POINTER(c_void_p), POINTER(Error))),
                ("score", CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p, POINTER(c_uint64), c_size_t, c_size_t,
                                    POINTER(Scores), POINTER(Error))),
                ("release", CFUNCTYPE(None, c_void_p, c_void_p))]


class PluginError(Exception):
    """A code below zero, with the plugin's message."""


def checked(call, *arguments):
    room = ctypes.create_string_buffer(4096)
    error = Error(sizeof(Error), 4096, 0, 0, ctypes.cast(room, c_void_p))
    code = call(*arguments, ctypes.byref(error))
    if code < 0:
        raise PluginError(code, room.raw[:error.length].decode())


def pointer(structure):
    return None if structure is None else ctypes.addressof(structure)


def as_text(text):
    data = text if isinstance(text, bytes) else text.encode()
    return Text(data, len(data))


class Model:
    """An open model of the first classifier of a plugin."""

    def __init__(self, path, call=None, **options):
        """Opens a model on the terms of `call`."""
        library = ctypes.CDLL(str(path))
        library.textexplain_plugin_v1.restype = POINTER(Library)
        self.table = library.textexplain_plugin_v1(c_uint32(0)).contents.classifiers[0].contents
        given = (Option * len(options))(*(Option(as_text(key), as_text(str(value))) for key, value in options.items()))
        self.handle = c_void_p()
        checked(self.table.create, ctypes.byref(self.table), None, given, len(options), pointer(call),
                ctypes.byref(self.handle))
        self.info = self.table.info(self.handle).contents
        self.labels = [self.info.labels[i].decode() for i in range(self.info.outputs)]

    def close(self):
        self.table.destroy(self.handle)

    def _room(self, rows):
        scores = np.full((rows, self.info.outputs), np.nan)
        return scores, Scores(sizeof(Scores), self.info.outputs, rows, self.info.outputs,
                              scores.ctypes.data_as(POINTER(c_double)), None)

    def predict(self, texts, call=None):
        scores, room = self._room(len(texts))
        batch = (Text * len(texts))(*map(as_text, texts))
        checked(self.table.predict, self.handle, pointer(call), batch, len(texts), ctypes.byref(room))
        return scores

    def extension(self, name, kind):
        found = self.table.get_extension(self.handle, name.encode())
        return ctypes.cast(found, POINTER(kind)).contents if found else None

    def terms(self, text, output):
        """The bias and the terms (begin, end, value, feature) of linear/1."""
        found = []

        def put(_, records, count):
            found.extend((t.begin, t.end, t.value, t.feature)
                         for t in ctypes.cast(records, POINTER(Term))[:count])
            return 0

        sink, bias = Sink(sizeof(Sink), sizeof(Term), None, PUT(put)), c_double()
        linear = self.extension("textexplain.linear/1", Linear)
        checked(linear.terms, self.handle, as_text(text), output, ctypes.byref(bias), ctypes.byref(sink))
        return bias.value, found

    def masked(self, text, pieces, masks, filler=None, call=None):
        """Scores of a text (bytes) with the pieces (begin, end) present that a row of `masks` says."""
        table = self.extension("textexplain.masked/1", Masked)
        flat = (c_uint64 * (2 * len(pieces) + 1))(*[offset for piece in pieces for offset in piece])
        what = Masking(sizeof(Masking), 1 if filler is None else 2, as_text(text), as_text(filler or b""), flat, len(pieces))
        prepared = c_void_p()
        checked(table.prepare, self.handle, pointer(call), ctypes.byref(what), ctypes.byref(prepared))
        words = max(1, (len(pieces) + 63) // 64)
        bits = np.zeros((len(masks), words), dtype=np.uint64)
        for row, mask in enumerate(masks):
            for piece, present in enumerate(mask):
                bits[row, piece // 64] |= np.uint64(int(present) << (piece % 64))
        scores, room = self._room(len(masks))
        try:
            checked(table.score, self.handle, prepared, pointer(call), bits.ctypes.data_as(POINTER(c_uint64)), len(masks),
                    words, ctypes.byref(room))
        finally:
            table.release(self.handle, prepared)
        return scores


def rendered(text, pieces, mask, filler=b""):
    """The reference rendering of masked/1."""
    out, done = b"", 0
    for (begin, end), present in zip(pieces, mask):
        if not present:
            out += text[done:begin] + filler
            done = end
    return out + text[done:]
