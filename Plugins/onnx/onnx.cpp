// onnx.cpp - models in ONNX files: a folder with the model, its vocabulary, and textexplain.json, which says how texts
// become tensors and tensors scores.
#include "output.hpp"
#include "token_input.hpp"

#include <malloc.h>

namespace textexplain {

namespace {

constexpr std::uint32_t longest_text = 1 << 20;

bool is_file(const std::string &path)
{
    struct stat status;
    return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

// The files of a model that go into its identity beside the description and the vocabulary: the model's own, those with
// weights that exporters put beside it under usual names, and those that the description lists.
std::uint64_t hash_weights(const std::string &path, const std::vector<std::string> &listed, const Call &call,
                           ModelHash &hash)
{
    std::set<std::string> files(listed.begin(), listed.end());
    for (const char *const end : {"_data", ".data"})
        if (is_file(path + end)) files.insert(path + end);
    files.insert(path);
    std::uint64_t bytes = 0;
    for (const std::string &file : files)
        read(file, [&](std::string_view piece) {
            call.poll();
            bytes += piece.size();
            hash.add(piece);
        });
    return bytes;
}

} // namespace

class OnnxModel {
public:
    OnnxModel(const Options &options, Log log, Call call) : log_(log)
    {
        const LoggingTo logging(log_);
        const std::string folder = options.required("model");
        const auto threads = static_cast<int>(options.integer("threads", 1, 1, 256));
        const auto batch = options.integer("batch", 0, 1, 1024);
        const auto runtime = options.text("runtime");
        if (runtime && runtime->empty()) throw Failure{TX_E_OPTION, "the option runtime is empty"};
        describe(folder, call);
        runtime_ = &Runtime::open(runtime.value_or(""));
        call.poll();
        session_ = std::make_unique<Session>(*runtime_, path_, threads);
        call.poll();
        bind(batch ? static_cast<std::size_t>(batch) : described_batch_);
        make_info();
        probe(call);
    }

    ~OnnxModel()
    {
        session_.reset();
        // What the model took lies in holes of the heap, which the C library would keep.
        malloc_trim(0);
    }
    OnnxModel(const OnnxModel &) = delete;
    OnnxModel &operator=(const OnnxModel &) = delete;

    const Info &info() const { return *info_; }

    void predict(Call call, const tx_text *texts, std::size_t count, Scores scores)
    {
        const LoggingTo logging(log_);
        std::vector<Row> rows;
        rows.reserve(count);
        for (std::size_t i = 0; i < count; i++) {
            if (i % 64 == 0 || texts[i].len > 4096) call.poll();
            if (texts[i].len > longest_text)
                throw Failure{TX_E_TOO_LONG, "a text of more than " + std::to_string(longest_text) + " bytes"};
            rows.push_back(input_->row(view(texts[i]), call));
        }
        run(call, rows, scores);
    }

    void tokenize(std::string_view text, Sink<tx_token> sink)
    {
        if (text.size() > longest_text)
            throw Failure{TX_E_TOO_LONG, "a text of more than " + std::to_string(longest_text) + " bytes"};
        tokens_->report(text, sink);
    }

    // A text whose tokens are known, and for each the pieces that it has bytes of.
    struct Masked {
        Row row;
        std::size_t first; // where the text's own tokens begin in the row
        std::vector<std::pair<std::size_t, std::size_t>> pieces;
    };

    std::unique_ptr<Masked> prepare(Call call, const tx_masking &what)
    {
        call.poll();
        if (what.text.len > longest_text)
            throw Failure{TX_E_TOO_LONG, "a text of more than " + std::to_string(longest_text) + " bytes"};
        const auto window = tokens_->window(view(what.text), call);
        auto masked = std::make_unique<Masked>();
        masked->row = tokens_->row(window);
        masked->first = tokens_->begins() ? 1 : 0;
        const tx_piece *const pieces = what.pieces, *const end = pieces + what.piece_count;
        for (const Token &token : window.tokens) {
            const auto first = std::partition_point(
                pieces, end, [&](const tx_piece &piece) { return piece.end <= token.begin; });
            const auto last =
                std::partition_point(first, end, [&](const tx_piece &piece) { return piece.begin < token.end; });
            masked->pieces.emplace_back(first - pieces, last - pieces);
        }
        return masked;
    }

    void score(Masked &masked, Call call, const std::uint64_t *masks, std::size_t count, std::size_t words,
               Scores scores)
    {
        const LoggingTo logging(log_);
        std::vector<Row> rows(count, masked.row);
        for (std::size_t i = 0; i < count; i++) {
            if (i % 256 == 0) call.poll();
            const std::uint64_t *const mask = masks + i * words;
            for (std::size_t t = 0; t < masked.pieces.size(); t++)
                for (std::size_t p = masked.pieces[t].first; p < masked.pieces[t].second; p++)
                    if (!(mask[p / 64] >> (p % 64) & 1)) rows[i].values[masked.first + t] = *tokens_->mask_id();
        }
        run(call, rows, scores);
    }

    const void *extension(std::string_view id) const
    {
        if (!tokens_) return nullptr;
        if (id == TX_EXT_TOKENS) return tokens_table<OnnxModel>();
        // Taking pieces out of the text changes its tokens, which only the text itself tells: the host renders it.
        if (id == TX_EXT_MASKED && tokens_->mask_id()) return masked_table<OnnxModel, 1u << TX_ABSENT_MODEL_MASK>();
        return nullptr;
    }

private:
    // Reads textexplain.json and the files it names, all but the model.
    void describe(const std::string &folder, const Call &call)
    {
        const std::string place = folder + "/textexplain.json";
        struct stat status;
        if (stat(folder.c_str(), &status) == 0 && !S_ISDIR(status.st_mode))
            throw Failure{TX_E_MODEL, folder + " is a file: name the folder with the model and textexplain.json"};
        if (stat(folder.c_str(), &status) == 0 && stat(place.c_str(), &status) != 0)
            throw Failure{TX_E_MODEL, folder + " has no textexplain.json, which says how texts become tensors: "
                                               "Plugins/onnx/describe.py writes one for an exported model"};
        const Json document = read_json(place, std::size_t{4} << 20);
        Fields fields(document, place);
        if (!fields.has("format") || fields.text("format") != "textexplain-onnx/1")
            throw fields.wrong("format", "is not \"textexplain-onnx/1\"");
        path_ = file_in(folder, fields.text("model").value_or("model.onnx"), fields, "model");
        for (const std::string &name : fields.texts("data")) data_.push_back(file_in(folder, name, fields, "data"));
        described_batch_ = static_cast<std::size_t>(fields.integer("batch", 1, 1024).value_or(1));
        microseconds_ = fields.integer("microseconds", 1, 1 << 30);
        if (!fields.has("input")) throw fields.wrong("input", "is missing: how texts become tensors");
        if (!fields.has("output")) throw fields.wrong("output", "is missing: how tensors become scores");
        hash_.add_file(place);
        input_ = Input::read(fields.inner("input"), folder, hash_);
        output_ = std::make_unique<Output>(fields.inner("output"));
        fields.finish();
        tokens_ = dynamic_cast<const TokenInput *>(input_.get());
        if (const auto label = input_->rule_label()) {
            const auto &labels = output_->labels();
            const auto found = std::find(labels.begin(), labels.end(), *label);
            if (found == labels.end()) throw Failure{TX_E_MODEL, place + ", \"below\" is no label: " + *label};
            if (output_->kind() != TX_OUT_PROBABILITY)
                throw Failure{TX_E_MODEL, place + ", \"below\" goes with probabilities only"};
            input_->set_rule_output(static_cast<std::size_t>(found - labels.begin()));
        }
        model_bytes_ = hash_weights(path_, data_, call, hash_);
    }

    void bind(std::size_t batch)
    {
        Ports ports(*session_);
        input_->bind(ports);
        ports.finish();
        output_->bind(*session_);
        batch_ = input_->fixed_rows() ? input_->fixed_rows() : batch;
    }

    void make_info()
    {
        info_ = std::make_unique<Info>(output_->kind(), output_->labels());
        info_->set_model_id(hash_.id());
        tx_info &table = info_->table;
        table.flags = TX_IS_DETERMINISTIC;
        if (input_->truncates()) table.flags |= TX_TRUNCATES;
        // The sums of float kernels depend on how many rows they are given together.
        if (batch_ == 1) table.flags |= TX_IS_BATCH_INVARIANT;
        if (batch_ > 1) table.preferred_batch = static_cast<std::uint32_t>(batch_);
        table.max_text_bytes = longest_text;
        table.tolerance = 1e-5;
        const std::uint64_t cost =
            microseconds_ ? static_cast<std::uint64_t>(*microseconds_) : input_->cost(model_bytes_);
        table.typical_cost_us = static_cast<std::uint32_t>(std::min<std::uint64_t>(cost, 1u << 30));
    }

    // Runs the model once, so that one which does not fit is refused here and not in the middle of an explanation.
    void probe(Call call)
    {
        const tx_text text = {"The quick brown fox jumps over the lazy dog.", 44};
        std::vector<double> row(output_->labels().size());
        tx_scores room = {sizeof room, static_cast<std::uint32_t>(row.size()), 1, row.size(), row.data(), nullptr};
        predict(call, &text, 1, Scores(&room));
    }

    // Scores rows, as many together as one run takes, and only rows of one length: padding would change their sums.
    void run(const Call &call, const std::vector<Row> &rows, const Scores &scores)
    {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < rows.size(); i++) {
            if (rows[i].truncated) scores.flag(i, TX_ROW_TRUNCATED);
            if (rows[i].answer)
                output_->write_rule(*rows[i].answer, scores.row(i));
            else
                order.push_back(i);
        }
        const auto length = [&rows](std::size_t i) { return rows[i].values.size(); };
        if (batch_ > 1)
            std::stable_sort(order.begin(), order.end(),
                             [&](std::size_t a, std::size_t b) { return length(a) < length(b); });
        for (std::size_t begin = 0; begin < order.size();) {
            call.poll();
            std::size_t end = begin + 1;
            while (end < order.size() && end - begin < batch_ && length(order[end]) == length(order[begin])) end++;
            const std::vector<std::size_t> texts(order.begin() + static_cast<std::ptrdiff_t>(begin),
                                                 order.begin() + static_cast<std::ptrdiff_t>(end));
            std::vector<const Row *> together;
            for (const std::size_t i : texts) together.push_back(&rows[i]);
            // A model of a fixed number of rows is given its last text again.
            if (input_->fixed_rows()) together.resize(input_->fixed_rows(), together.back());
            Feed feed(*runtime_);
            input_->feed(together, feed);
            output_->write(feed.run(*session_, output_->name()), together.size(), texts, scores);
            begin = end;
        }
    }

    Log log_;
    ModelHash hash_;
    std::string path_;
    std::vector<std::string> data_;
    std::uint64_t model_bytes_ = 0;
    std::optional<std::int64_t> microseconds_;
    std::size_t described_batch_ = 1, batch_ = 1;
    const Runtime *runtime_ = nullptr;
    std::unique_ptr<Input> input_;
    std::unique_ptr<Output> output_;
    const TokenInput *tokens_ = nullptr; // the input, where it has tokens
    std::unique_ptr<Session> session_;
    std::unique_ptr<Info> info_;
};

} // namespace textexplain

namespace {

const tx_option_spec model_option = {
    sizeof model_option, TX_OPTION_DIRECTORY, "model",
    "folder with model.onnx, its vocabulary and textexplain.json, which Plugins/onnx/describe.py writes for an "
    "exported Hugging Face model; `make models` puts examples into .models/onnx",
    nullptr, nullptr};
const tx_option_spec runtime_option = {
    sizeof runtime_option, TX_OPTION_FILE, "runtime",
    "ONNX Runtime's library, 1.15 or a later 1.x; otherwise the newest libonnxruntime.so* in /usr/lib and "
    "/usr/local/lib. pip install onnxruntime brings site-packages/onnxruntime/capi/libonnxruntime.so.VERSION",
    "", nullptr};
const tx_option_spec threads_option = {sizeof threads_option, TX_OPTION_INTEGER, "threads",
                                       "how many threads work on one text, 1 to 256", "1", nullptr};
const tx_option_spec batch_option = {
    sizeof batch_option, TX_OPTION_INTEGER, "batch",
    "how many texts of one length the model is given together, 1 to 1024; otherwise what textexplain.json says, or 1, "
    "where scores do not depend on neighbours to the last bit",
    "", nullptr};

tx_classifier descriptor()
{
    tx_classifier classifier = {};
    classifier.needs = TX_NEEDS_THREADS;
    classifier.id = "org.textexplain.onnx";
    classifier.name = "onnx";
    classifier.version = "1.0.0";
    classifier.vendor = "textexplain";
    classifier.license = "Apache-2.0";
    classifier.description = "any text classifier in an ONNX file, by ONNX Runtime";
    return classifier;
}

} // namespace

extern "C" TX_EXPORT const tx_library *textexplain_plugin_v1(std::uint32_t)
{
    static const textexplain::Library<textexplain::OnnxModel> library(
        descriptor(), {&model_option, &runtime_option, &threads_option, &batch_option});
    return library.table();
}
