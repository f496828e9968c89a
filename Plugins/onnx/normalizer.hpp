// normalizer.hpp - the first half of BERT's tokenizer: from a text to words, without losing where they come from.
//
// J. Devlin et al.: BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding, NAACL 2019; the
// order of the steps is that of Hugging Face's tokenizers.
#pragma once

#include <textexplain/call.hpp>

#include <optional>
#include <vector>

namespace textexplain {

// One Unicode scalar after normalization, and the bytes of the text that it stands for.
struct Character {
    char32_t code;
    std::size_t begin, end;
};

class Normalizer {
public:
    bool cleans = true;              // control characters go, all white space is a blank
    bool spaces_ideographs = true;   // each CJK ideograph is a word
    bool lowercases = true;
    std::optional<bool> strips_accents; // not set: where it lower-cases

    // Words in text order: cut at white space, each sign of punctuation a word of its own. The text may be a part of a
    // larger one, cut at white space too; `base` is where it begins there. Throws TX_E_ENCODING, and asks the host now
    // and then whether to go on.
    std::vector<std::vector<Character>> words(std::string_view text, std::size_t base, const Call &call) const;

private:
    std::vector<Character> normalized(std::string_view text, std::size_t base, const Call &call) const;
};

} // namespace textexplain
