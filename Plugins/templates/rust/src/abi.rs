//! What this plugin needs of textexplain_plugin.h, by hand; the comments there are the contract.
#![allow(dead_code)]

use std::ffi::c_void;
use std::os::raw::c_char;

pub type TxResult = i32;
pub const TX_OK: TxResult = 0;
pub const TX_E_INTERNAL: TxResult = -1;
pub const TX_E_OPTION: TxResult = -3;
pub const TX_E_CANCELLED: TxResult = -7;
pub const TX_E_DEADLINE: TxResult = -8;
pub const TX_E_TOO_LONG: TxResult = -10;

pub const TX_OUT_PROBABILITY: i32 = 1;
pub const TX_IS_DETERMINISTIC: u32 = 1;
pub const TX_IS_BATCH_INVARIANT: u32 = 2;
pub const TX_OPTION_BOOLEAN: i32 = 4;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct TxText {
    pub data: *const u8,
    pub len: usize,
}

impl TxText {
    /// The bytes, which may be empty, at NULL, and may hold NUL (R4).
    ///
    /// # Safety
    /// The pointer must hold `len` bytes for as long as the slice lives.
    pub unsafe fn bytes<'a>(self) -> &'a [u8] {
        if self.len == 0 { &[] } else { std::slice::from_raw_parts(self.data, self.len) }
    }
}

#[repr(C)]
pub struct TxOption {
    pub key: TxText,
    pub value: TxText,
}

#[repr(C)]
pub struct TxError {
    pub size: u32,
    pub capacity: u32,
    pub length: u32,
    pub reserved: u32,
    pub message: *mut u8,
}

#[repr(C)]
pub struct TxHost {
    pub size: u32,
    pub abi_minor: u32,
    pub ctx: *mut c_void,
    pub name: *const c_char,
    pub version: *const c_char,
    pub log: Option<unsafe extern "C" fn(*mut c_void, i32, *const c_char, usize)>,
}

#[repr(C)]
pub struct TxCall {
    pub size: u32,
    pub flags: u32,
    pub deadline_ns: u64,
    pub seed: u64,
    pub ctx: *mut c_void,
    pub should_stop: Option<unsafe extern "C" fn(*mut c_void) -> i32>,
}

#[repr(C)]
pub struct TxInfo {
    pub size: u32,
    pub output_kind: i32,
    pub outputs: u32,
    pub threading: i32,
    pub labels: *const *const c_char,
    pub languages: *const *const c_char,
    pub flags: u32,
    pub preferred_batch: u32,
    pub max_batch: u32,
    pub max_text_bytes: u32,
    pub model_id: *const c_char,
    pub tolerance: f64,
    pub typical_cost_us: u32,
    pub reserved: u32,
}

#[repr(C)]
pub struct TxScores {
    pub size: u32,
    pub outputs: u32,
    pub rows: usize,
    pub row_stride: usize,
    pub scores: *mut f64,
    pub row_flags: *mut u8,
}

#[repr(C)]
pub struct TxOptionSpec {
    pub size: u32,
    pub kind: i32,
    pub key: *const c_char,
    pub doc: *const c_char,
    pub default_value: *const c_char,
    pub choices: *const *const c_char,
}

#[repr(C)]
pub struct TxClassifier<Instance: 'static> {
    pub size: u32,
    pub flags: u32,
    pub needs: u32,
    pub option_count: u32,
    pub options: *const *const TxOptionSpec,
    pub id: *const c_char,
    pub name: *const c_char,
    pub version: *const c_char,
    pub vendor: *const c_char,
    pub license: *const c_char,
    pub description: *const c_char,
    pub url: *const c_char,
    pub create: unsafe extern "C" fn(
        *const TxClassifier<Instance>, *const TxHost, *const TxOption, usize, *const TxCall, *mut *mut Instance,
        *mut TxError,
    ) -> TxResult,
    pub destroy: unsafe extern "C" fn(*mut Instance),
    pub info: unsafe extern "C" fn(*const Instance) -> *const TxInfo,
    pub predict: unsafe extern "C" fn(
        *mut Instance, *const TxCall, *const TxText, usize, *mut TxScores, *mut TxError,
    ) -> TxResult,
    pub get_extension: Option<unsafe extern "C" fn(*const Instance, *const c_char) -> *const c_void>,
}

#[repr(C)]
pub struct TxLibrary<Instance: 'static> {
    pub size: u32,
    pub abi_minor: u32,
    pub classifier_count: u32,
    pub reserved: u32,
    pub classifiers: *const *const TxClassifier<Instance>,
    pub refusal: *const c_char,
}

/// A table that never changes, so that any thread may read the pointers in it.
#[repr(transparent)]
pub struct Shared<T>(pub T);
unsafe impl<T> Sync for Shared<T> {}

/// Whether `*pointer`, as allocated by the other side, has this field (R1).
#[macro_export]
macro_rules! tx_has {
    ($pointer:expr, $field:ident) => {
        $pointer as usize + (*$pointer).size as usize
            >= std::ptr::addr_of!((*$pointer).$field).wrapping_add(1) as usize
    };
}

#[link(name = "c")]
extern "C" {
    fn clock_gettime(clock: i32, time: *mut [i64; 2]) -> i32;
}

/// CLOCK_MONOTONIC in nanoseconds, the clock of deadlines.
pub fn monotonic_ns() -> u64 {
    let mut time = [0i64; 2];
    unsafe { clock_gettime(1, &mut time) };
    time[0] as u64 * 1_000_000_000 + time[1] as u64
}
