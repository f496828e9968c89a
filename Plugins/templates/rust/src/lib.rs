//! A complete textexplain plugin: it weighs words of praise against complaints.
//!
//! To make a plugin of your own, change `Model` and the names near the end. No panic may leave the plugin (R6):
//! everything that can fail runs inside `guarded`.

mod abi;

use abi::*;
use std::mem::size_of;
use std::os::raw::c_char;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr::null;

/// Bytes of a text that are scored well within the 50 ms between two polls.
const LONGEST: usize = 1 << 20;

const PRAISE: [&[u8]; 4] = [b"good", b"great", b"love", b"excellent"];
const COMPLAINT: [&[u8]; 4] = [b"bad", b"poor", b"hate", b"terrible"];

/// What one open model remembers. A real plugin would load its weights here.
pub struct Model {
    ignore_case: bool,
}

impl Model {
    /// The probability that a text is positive.
    fn score(&self, text: &[u8]) -> f64 {
        let (mut good, mut bad) = (1.0, 1.0); // one imagined word each: a text without such words scores 0.5
        for word in text.split(|byte| !byte.is_ascii_alphabetic()) {
            let is = |known: &&[u8]| if self.ignore_case { word.eq_ignore_ascii_case(known) } else { word == *known };
            good += PRAISE.iter().any(is) as u8 as f64;
            bad += COMPLAINT.iter().any(is) as u8 as f64;
        }
        good / (good + bad)
    }
}

/// A failed call: what the host does next, and what happened.
struct Failure(TxResult, String);

/// Runs the body of a call; a failure or a panic becomes a code and a message.
unsafe fn guarded(error: *mut TxError, body: impl FnOnce() -> Result<(), Failure>) -> TxResult {
    let Failure(code, message) = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return TX_OK,
        Ok(Err(failure)) => failure,
        Err(_) => Failure(TX_E_INTERNAL, "the plugin panicked".into()),
    };
    // The host's room may be missing or small; the cut is between characters.
    if !error.is_null() && tx_has!(error, message) && !(*error).message.is_null() {
        let mut n = message.len().min((*error).capacity as usize);
        while !message.is_char_boundary(n) {
            n -= 1;
        }
        std::ptr::copy_nonoverlapping(message.as_ptr(), (*error).message, n);
        (*error).length = n as u32;
    }
    code
}

/// Fails if the host no longer waits for this call.
unsafe fn poll(call: *const TxCall) -> Result<(), Failure> {
    if call.is_null() {
        return Ok(());
    }
    let should_stop = if tx_has!(call, should_stop) { (*call).should_stop } else { None };
    if should_stop.map_or(false, |stop| stop((*call).ctx) != 0) {
        return Err(Failure(TX_E_CANCELLED, "cancelled".into()));
    }
    let deadline = if tx_has!(call, deadline_ns) { (*call).deadline_ns } else { 0 };
    if deadline != 0 && monotonic_ns() >= deadline {
        return Err(Failure(TX_E_DEADLINE, "the deadline has passed".into()));
    }
    Ok(())
}

unsafe fn open(options: *const TxOption, count: usize) -> Result<Model, Failure> {
    let mut ignore_case = None;
    for i in 0..count {
        let option = &*options.add(i);
        let key = String::from_utf8_lossy(option.key.bytes());
        let wrong = |what: &str| Failure(TX_E_OPTION, format!("{what}: {key}"));
        if key != "ignore-case" {
            return Err(wrong("unknown option"));
        }
        if ignore_case.is_some() {
            return Err(wrong("given twice"));
        }
        ignore_case = match option.value.bytes() {
            b"true" => Some(true),
            b"false" => Some(false),
            _ => return Err(wrong("neither true nor false")),
        };
    }
    Ok(Model { ignore_case: ignore_case.unwrap_or(true) })
}

unsafe extern "C" fn create(
    _: *const TxClassifier<Model>, _: *const TxHost, options: *const TxOption, count: usize, _: *const TxCall,
    out: *mut *mut Model, error: *mut TxError,
) -> TxResult {
    *out = std::ptr::null_mut();
    guarded(error, || {
        *out = Box::into_raw(Box::new(open(options, count)?));
        Ok(())
    })
}

unsafe extern "C" fn destroy(model: *mut Model) {
    drop(Box::from_raw(model));
}

unsafe extern "C" fn info(_: *const Model) -> *const TxInfo {
    &INFO.0
}

unsafe extern "C" fn predict(
    model: *mut Model, call: *const TxCall, texts: *const TxText, count: usize, out: *mut TxScores,
    error: *mut TxError,
) -> TxResult {
    guarded(error, || {
        for i in 0..count {
            poll(call)?;
            let text = (*texts.add(i)).bytes();
            if text.len() > LONGEST {
                return Err(Failure(TX_E_TOO_LONG, "a text of more than 1 MiB".into()));
            }
            let row = (*out).scores.add(i * (*out).row_stride); // rows may have padding behind them
            *row.add(1) = (*model).score(text);
            *row = 1.0 - *row.add(1);
        }
        Ok(())
    })
}

/// A literal that ends in NUL, as C sees it.
const fn text(literal: &'static str) -> *const c_char {
    literal.as_ptr() as *const c_char
}

static LABELS: Shared<[*const c_char; 2]> = Shared([text("negative\0"), text("positive\0")]);
static INFO: Shared<TxInfo> = Shared(TxInfo {
    size: size_of::<TxInfo>() as u32,
    output_kind: TX_OUT_PROBABILITY,
    outputs: 2,
    threading: 0,
    labels: LABELS.0.as_ptr(),
    languages: null(),
    flags: TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT,
    preferred_batch: 0,
    max_batch: 0,
    max_text_bytes: LONGEST as u32,
    model_id: null(),
    tolerance: 0.0,
    typical_cost_us: 0,
    reserved: 0,
});
static IGNORE_CASE: Shared<TxOptionSpec> = Shared(TxOptionSpec {
    size: size_of::<TxOptionSpec>() as u32,
    kind: TX_OPTION_BOOLEAN,
    key: text("ignore-case\0"),
    doc: text("whether Good counts as good\0"),
    default_value: text("true\0"),
    choices: null(),
});
static OPTIONS: Shared<[*const TxOptionSpec; 1]> = Shared([&IGNORE_CASE.0]);
static CLASSIFIER: Shared<TxClassifier<Model>> = Shared(TxClassifier {
    size: size_of::<TxClassifier<Model>>() as u32,
    flags: 0,
    needs: 0,
    option_count: 1,
    options: OPTIONS.0.as_ptr(),
    id: text("org.example.keywords\0"),
    name: text("keywords\0"),
    version: text("1.0.0\0"),
    vendor: null(),
    license: text("Apache-2.0\0"),
    description: text("counts words of praise and complaint\0"),
    url: null(),
    create,
    destroy,
    info,
    predict,
    get_extension: None,
});
static CLASSIFIERS: Shared<[*const TxClassifier<Model>; 1]> = Shared([&CLASSIFIER.0]);
static LIBRARY: Shared<TxLibrary<Model>> = Shared(TxLibrary {
    size: size_of::<TxLibrary<Model>>() as u32,
    abi_minor: 0,
    classifier_count: 1,
    reserved: 0,
    classifiers: CLASSIFIERS.0.as_ptr(),
    refusal: null(),
});

/// The one symbol of the plugin; any host of major version 1 will do.
#[no_mangle]
pub extern "C" fn textexplain_plugin_v1(_: u32) -> *const TxLibrary<Model> {
    &LIBRARY.0
}
