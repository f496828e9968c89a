// Decisions of every link made of members of many shapes: prints the shapes that are taken, and scores each of these
// between guards, which have to stay as they are.
#include "decision.hpp"

#include <cstdio>

using namespace linear;

namespace {

constexpr std::size_t columns = 3;
constexpr double guard = 12345;

// A member of so many rows, with one weight, intercept or pair too few or too many.
Member member(std::size_t rows, bool has_pairs, int weights = 0, int intercepts = 0, int pairs = 0)
{
    Member made;
    made.weights.assign(rows * columns + static_cast<std::size_t>(weights), 0.5);
    made.intercepts.assign(rows + static_cast<std::size_t>(intercepts), 0.25);
    if (has_pairs) made.platt.assign(rows + static_cast<std::size_t>(pairs), {-1, 0});
    return made;
}

bool is_taken(Link link, std::size_t labels, std::vector<Member> members)
{
    try {
        Decision decision(link, std::vector<std::string>(labels, "label"), std::move(members), columns);
        std::vector<double> out(labels + 2, guard);
        decision.scores({{0, 1.0}, {columns - 1, 2.0}}, textexplain::Call(nullptr), out.data() + 1);
        for (std::size_t i = 1; i <= labels; i++)
            if (out[i] == guard) std::puts("a score was not written");
        if (out[0] != guard || out[labels + 1] != guard) std::puts("a score was written elsewhere");
        return true;
    } catch (const textexplain::Failure &failure) {
        if (failure.code != TX_E_INTERNAL) std::puts("another failure");
        return false;
    }
}

} // namespace

int main()
{
    const std::pair<Link, const char *> links[] = {
        {Link::none, "none"},           {Link::logistic, "logistic"},
        {Link::softmax, "softmax"},     {Link::one_vs_rest, "one-vs-rest"},
        {Link::modified_huber, "modified-huber"}, {Link::calibrated, "calibrated"},
        {Link::multilabel, "multilabel"}};
    for (const auto &[link, name] : links) {
        const bool pairs = link == Link::calibrated;
        for (std::size_t labels = 0; labels <= 4; labels++)
            for (std::size_t rows = 0; rows <= 4; rows++) {
                const auto made = [&](auto... change) { return std::vector<Member>{member(rows, pairs, change...)}; };
                if (!is_taken(link, labels, made())) continue;
                std::printf("%s %zu %zu\n", name, labels, rows);
                const std::vector<Member> wrong[] = {{},
                                                     made(1),
                                                     made(-1),
                                                     made(static_cast<int>(rows)),
                                                     made(0, 1),
                                                     made(0, -1),
                                                     {member(rows, !pairs)},
                                                     {member(rows, pairs), member(rows + 1, pairs)}};
                for (const std::vector<Member> &members : wrong)
                    if (is_taken(link, labels, members)) std::printf("  but also %s\n", "a wrong one");
                if (pairs && (is_taken(link, labels, made(0, 0, 1)) || is_taken(link, labels, made(0, 0, -1))))
                    std::puts("  but also other pairs");
                if (is_taken(link, labels, {member(rows, pairs), member(rows, pairs)}) != pairs)
                    std::puts("  but not by members");
            }
    }
}
