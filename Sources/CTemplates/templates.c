/* templates.c - every file of the templates is here; a test compares this list with the folders. */
#include "templates.h"

#pragma clang diagnostic ignored "-Wc23-extensions" /* #embed */

static const unsigned char c_Makefile[] = {
#embed "../../Plugins/templates/c/Makefile"
};
static const unsigned char c_README_md[] = {
#embed "../../Plugins/templates/c/README.md"
};
static const unsigned char c_ci_yml[] = {
#embed "../../Plugins/templates/c/ci.yml"
};
static const unsigned char c_examples_complaint_txt[] = {
#embed "../../Plugins/templates/c/examples/complaint.txt"
};
static const unsigned char c_examples_praise_txt[] = {
#embed "../../Plugins/templates/c/examples/praise.txt"
};
static const unsigned char c_keywords_c[] = {
#embed "../../Plugins/templates/c/keywords.c"
};
static const unsigned char cpp_Makefile[] = {
#embed "../../Plugins/templates/cpp/Makefile"
};
static const unsigned char cpp_README_md[] = {
#embed "../../Plugins/templates/cpp/README.md"
};
static const unsigned char cpp_ci_yml[] = {
#embed "../../Plugins/templates/cpp/ci.yml"
};
static const unsigned char cpp_examples_complaint_txt[] = {
#embed "../../Plugins/templates/cpp/examples/complaint.txt"
};
static const unsigned char cpp_examples_praise_txt[] = {
#embed "../../Plugins/templates/cpp/examples/praise.txt"
};
static const unsigned char cpp_exports_map[] = {
#embed "../../Plugins/templates/cpp/exports.map"
};
static const unsigned char cpp_keywords_cpp[] = {
#embed "../../Plugins/templates/cpp/keywords.cpp"
};
static const unsigned char swift_Package_swift[] = {
#embed "../../Plugins/templates/swift/Package.swift"
};
static const unsigned char swift_README_md[] = {
#embed "../../Plugins/templates/swift/README.md"
};
static const unsigned char swift_KeywordsPlugin_Plugin_swift[] = {
#embed "../../Plugins/templates/swift/Sources/KeywordsPlugin/Plugin.swift"
};
static const unsigned char swift_ci_yml[] = {
#embed "../../Plugins/templates/swift/ci.yml"
};
static const unsigned char swift_examples_complaint_txt[] = {
#embed "../../Plugins/templates/swift/examples/complaint.txt"
};
static const unsigned char swift_examples_praise_txt[] = {
#embed "../../Plugins/templates/swift/examples/praise.txt"
};
static const unsigned char swift_exports_map[] = {
#embed "../../Plugins/templates/swift/exports.map"
};
static const unsigned char rust_Cargo_lock[] = {
#embed "../../Plugins/templates/rust/Cargo.lock"
};
static const unsigned char rust_Cargo_toml[] = {
#embed "../../Plugins/templates/rust/Cargo.toml"
};
static const unsigned char rust_README_md[] = {
#embed "../../Plugins/templates/rust/README.md"
};
static const unsigned char rust_ci_yml[] = {
#embed "../../Plugins/templates/rust/ci.yml"
};
static const unsigned char rust_examples_complaint_txt[] = {
#embed "../../Plugins/templates/rust/examples/complaint.txt"
};
static const unsigned char rust_examples_praise_txt[] = {
#embed "../../Plugins/templates/rust/examples/praise.txt"
};
static const unsigned char rust_src_abi_rs[] = {
#embed "../../Plugins/templates/rust/src/abi.rs"
};
static const unsigned char rust_src_lib_rs[] = {
#embed "../../Plugins/templates/rust/src/lib.rs"
};
static const unsigned char CTextExplain_include_textexplain_plugin_h[] = {
#embed "../../Sources/CTextExplain/include/textexplain_plugin.h"
};
static const unsigned char CTextExplain_textexplain_plugin_c[] = {
#embed "../../Sources/CTextExplain/textexplain_plugin.c"
};
static const unsigned char PluginKit_Calls_Call_swift[] = {
#embed "../../Sources/PluginKit/Calls/Call.swift"
};
static const unsigned char PluginKit_Calls_HostLog_swift[] = {
#embed "../../Sources/PluginKit/Calls/HostLog.swift"
};
static const unsigned char PluginKit_Calls_ScoreRows_swift[] = {
#embed "../../Sources/PluginKit/Calls/ScoreRows.swift"
};
static const unsigned char PluginKit_Calls_TextBatch_swift[] = {
#embed "../../Sources/PluginKit/Calls/TextBatch.swift"
};
static const unsigned char PluginKit_Calls_TextView_swift[] = {
#embed "../../Sources/PluginKit/Calls/TextView.swift"
};
static const unsigned char PluginKit_Calls_UTF8Validation_swift[] = {
#embed "../../Sources/PluginKit/Calls/UTF8Validation.swift"
};
static const unsigned char PluginKit_Classifier_ClassifierIdentity_swift[] = {
#embed "../../Sources/PluginKit/Classifier/ClassifierIdentity.swift"
};
static const unsigned char PluginKit_Classifier_ClassifierTraits_swift[] = {
#embed "../../Sources/PluginKit/Classifier/ClassifierTraits.swift"
};
static const unsigned char PluginKit_Classifier_OpenOptions_swift[] = {
#embed "../../Sources/PluginKit/Classifier/OpenOptions.swift"
};
static const unsigned char PluginKit_Classifier_OptionDeclaration_swift[] = {
#embed "../../Sources/PluginKit/Classifier/OptionDeclaration.swift"
};
static const unsigned char PluginKit_Classifier_OutputKind_swift[] = {
#embed "../../Sources/PluginKit/Classifier/OutputKind.swift"
};
static const unsigned char PluginKit_Classifier_PluginError_swift[] = {
#embed "../../Sources/PluginKit/Classifier/PluginError.swift"
};
static const unsigned char PluginKit_Classifier_TextClassifier_swift[] = {
#embed "../../Sources/PluginKit/Classifier/TextClassifier.swift"
};
static const unsigned char PluginKit_Extensions_LinearTerms_swift[] = {
#embed "../../Sources/PluginKit/Extensions/LinearTerms.swift"
};
static const unsigned char PluginKit_Extensions_MaskBatch_swift[] = {
#embed "../../Sources/PluginKit/Extensions/MaskBatch.swift"
};
static const unsigned char PluginKit_Extensions_MaskedScoring_swift[] = {
#embed "../../Sources/PluginKit/Extensions/MaskedScoring.swift"
};
static const unsigned char PluginKit_Extensions_Masking_swift[] = {
#embed "../../Sources/PluginKit/Extensions/Masking.swift"
};
static const unsigned char PluginKit_Extensions_Tokenizing_swift[] = {
#embed "../../Sources/PluginKit/Extensions/Tokenizing.swift"
};
static const unsigned char PluginKit_Glue_ExportedLibrary_swift[] = {
#embed "../../Sources/PluginKit/Glue/ExportedLibrary.swift"
};
static const unsigned char PluginKit_Glue_Handle_swift[] = {
#embed "../../Sources/PluginKit/Glue/Handle.swift"
};
static const unsigned char PluginKit_Glue_Instance_Tables_swift[] = {
#embed "../../Sources/PluginKit/Glue/Instance+Tables.swift"
};
static const unsigned char PluginKit_Glue_Instance_swift[] = {
#embed "../../Sources/PluginKit/Glue/Instance.swift"
};
static const unsigned char PluginKit_Glue_Layout_swift[] = {
#embed "../../Sources/PluginKit/Glue/Layout.swift"
};
static const unsigned char PluginKit_Glue_PreparedHandle_swift[] = {
#embed "../../Sources/PluginKit/Glue/PreparedHandle.swift"
};
static const unsigned char PluginKit_Glue_RecordSink_swift[] = {
#embed "../../Sources/PluginKit/Glue/RecordSink.swift"
};
static const unsigned char PluginKit_Glue_TableMemory_swift[] = {
#embed "../../Sources/PluginKit/Glue/TableMemory.swift"
};

#define FILE_OF(language, path, bytes) {language, path, bytes, sizeof bytes}

static const template_file files[] = {
    FILE_OF("c", "Makefile", c_Makefile),
    FILE_OF("c", "README.md", c_README_md),
    FILE_OF("c", "ci.yml", c_ci_yml),
    FILE_OF("c", "examples/complaint.txt", c_examples_complaint_txt),
    FILE_OF("c", "examples/praise.txt", c_examples_praise_txt),
    FILE_OF("c", "keywords.c", c_keywords_c),
    FILE_OF("cpp", "Makefile", cpp_Makefile),
    FILE_OF("cpp", "README.md", cpp_README_md),
    FILE_OF("cpp", "ci.yml", cpp_ci_yml),
    FILE_OF("cpp", "examples/complaint.txt", cpp_examples_complaint_txt),
    FILE_OF("cpp", "examples/praise.txt", cpp_examples_praise_txt),
    FILE_OF("cpp", "exports.map", cpp_exports_map),
    FILE_OF("cpp", "keywords.cpp", cpp_keywords_cpp),
    FILE_OF("swift", "Package.swift", swift_Package_swift),
    FILE_OF("swift", "README.md", swift_README_md),
    FILE_OF("swift", "Sources/KeywordsPlugin/Plugin.swift", swift_KeywordsPlugin_Plugin_swift),
    FILE_OF("swift", "ci.yml", swift_ci_yml),
    FILE_OF("swift", "examples/complaint.txt", swift_examples_complaint_txt),
    FILE_OF("swift", "examples/praise.txt", swift_examples_praise_txt),
    FILE_OF("swift", "exports.map", swift_exports_map),
    FILE_OF("rust", "Cargo.lock", rust_Cargo_lock),
    FILE_OF("rust", "Cargo.toml", rust_Cargo_toml),
    FILE_OF("rust", "README.md", rust_README_md),
    FILE_OF("rust", "ci.yml", rust_ci_yml),
    FILE_OF("rust", "examples/complaint.txt", rust_examples_complaint_txt),
    FILE_OF("rust", "examples/praise.txt", rust_examples_praise_txt),
    FILE_OF("rust", "src/abi.rs", rust_src_abi_rs),
    FILE_OF("rust", "src/lib.rs", rust_src_lib_rs),
    FILE_OF("c", "textexplain_plugin.h", CTextExplain_include_textexplain_plugin_h),
    FILE_OF("cpp", "textexplain_plugin.h", CTextExplain_include_textexplain_plugin_h),
    FILE_OF("swift", "Sources/CTextExplain/include/textexplain_plugin.h", CTextExplain_include_textexplain_plugin_h),
    FILE_OF("swift", "Sources/CTextExplain/textexplain_plugin.c", CTextExplain_textexplain_plugin_c),
    FILE_OF("swift", "Sources/PluginKit/Calls/Call.swift", PluginKit_Calls_Call_swift),
    FILE_OF("swift", "Sources/PluginKit/Calls/HostLog.swift", PluginKit_Calls_HostLog_swift),
    FILE_OF("swift", "Sources/PluginKit/Calls/ScoreRows.swift", PluginKit_Calls_ScoreRows_swift),
    FILE_OF("swift", "Sources/PluginKit/Calls/TextBatch.swift", PluginKit_Calls_TextBatch_swift),
    FILE_OF("swift", "Sources/PluginKit/Calls/TextView.swift", PluginKit_Calls_TextView_swift),
    FILE_OF("swift", "Sources/PluginKit/Calls/UTF8Validation.swift", PluginKit_Calls_UTF8Validation_swift),
    FILE_OF("swift", "Sources/PluginKit/Classifier/ClassifierIdentity.swift", PluginKit_Classifier_ClassifierIdentity_swift),
    FILE_OF("swift", "Sources/PluginKit/Classifier/ClassifierTraits.swift", PluginKit_Classifier_ClassifierTraits_swift),
    FILE_OF("swift", "Sources/PluginKit/Classifier/OpenOptions.swift", PluginKit_Classifier_OpenOptions_swift),
    FILE_OF("swift", "Sources/PluginKit/Classifier/OptionDeclaration.swift", PluginKit_Classifier_OptionDeclaration_swift),
    FILE_OF("swift", "Sources/PluginKit/Classifier/OutputKind.swift", PluginKit_Classifier_OutputKind_swift),
    FILE_OF("swift", "Sources/PluginKit/Classifier/PluginError.swift", PluginKit_Classifier_PluginError_swift),
    FILE_OF("swift", "Sources/PluginKit/Classifier/TextClassifier.swift", PluginKit_Classifier_TextClassifier_swift),
    FILE_OF("swift", "Sources/PluginKit/Extensions/LinearTerms.swift", PluginKit_Extensions_LinearTerms_swift),
    FILE_OF("swift", "Sources/PluginKit/Extensions/MaskBatch.swift", PluginKit_Extensions_MaskBatch_swift),
    FILE_OF("swift", "Sources/PluginKit/Extensions/MaskedScoring.swift", PluginKit_Extensions_MaskedScoring_swift),
    FILE_OF("swift", "Sources/PluginKit/Extensions/Masking.swift", PluginKit_Extensions_Masking_swift),
    FILE_OF("swift", "Sources/PluginKit/Extensions/Tokenizing.swift", PluginKit_Extensions_Tokenizing_swift),
    FILE_OF("swift", "Sources/PluginKit/Glue/ExportedLibrary.swift", PluginKit_Glue_ExportedLibrary_swift),
    FILE_OF("swift", "Sources/PluginKit/Glue/Handle.swift", PluginKit_Glue_Handle_swift),
    FILE_OF("swift", "Sources/PluginKit/Glue/Instance+Tables.swift", PluginKit_Glue_Instance_Tables_swift),
    FILE_OF("swift", "Sources/PluginKit/Glue/Instance.swift", PluginKit_Glue_Instance_swift),
    FILE_OF("swift", "Sources/PluginKit/Glue/Layout.swift", PluginKit_Glue_Layout_swift),
    FILE_OF("swift", "Sources/PluginKit/Glue/PreparedHandle.swift", PluginKit_Glue_PreparedHandle_swift),
    FILE_OF("swift", "Sources/PluginKit/Glue/RecordSink.swift", PluginKit_Glue_RecordSink_swift),
    FILE_OF("swift", "Sources/PluginKit/Glue/TableMemory.swift", PluginKit_Glue_TableMemory_swift),
};

const template_file *template_files(size_t *count)
{
    *count = sizeof files / sizeof *files;
    return files;
}
