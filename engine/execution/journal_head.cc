#include "execution/journal_head.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "execution/journal.h"

namespace termwise {
namespace {

constexpr std::string_view kFormat = "termwise-journal-head/1";
constexpr int kCountWidth = 19;

/// Always of one length, so that a new one takes the place of the old one whole.
[[nodiscard]] std::string line_of(const JournalMark& mark) {
    return fmt::format("{} {:0{}} {}\n", kFormat, mark.count, kCountWidth, mark.digest);
}

[[nodiscard]] std::optional<JournalMark> parse(std::string_view text) {
    const std::size_t fixed = kFormat.size() + 1;
    if (!text.starts_with(kFormat) || text.size() < fixed + kCountWidth + 2) return std::nullopt;
    JournalMark mark;
    const std::string_view count = text.substr(fixed, kCountWidth);
    const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), mark.count);
    if (error != std::errc() || end != count.data() + count.size()) return std::nullopt;
    mark.digest = text.substr(fixed + kCountWidth + 1);
    mark.digest.pop_back();
    if (line_of(mark) != text) return std::nullopt;
    return mark;
}

[[nodiscard]] std::string bytes_of(int descriptor) {
    std::array<char, 256> block{};
    const ssize_t count = ::pread(descriptor, block.data(), block.size(), 0);
    return {block.data(), static_cast<std::size_t>(count > 0 ? count : 0)};
}

}  // namespace

std::string head_path(std::string_view journal) { return fmt::format("{}.head", journal); }

std::optional<JournalMark> read_journal_head(const std::string& journal) {
    const std::string path = head_path(journal);
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
        throw JournalError(fmt::format("{}: cannot read the journal's head: {}", path, std::strerror(errno)));
    }
    // While it is being written over, half of it may be read: the same twice is whole.
    std::string text = bytes_of(descriptor);
    constexpr int kMostLooks = 100;
    for (int look = 0; look < kMostLooks; ++look) {
        std::string again = bytes_of(descriptor);
        if (again == text) break;
        text = std::move(again);
    }
    ::close(descriptor);
    if (text.empty()) return std::nullopt;
    std::optional<JournalMark> mark = parse(text);
    if (!mark)
        throw JournalError(
            fmt::format("{}: this is not the head of a journal. It says where the journal ended; without it "
                        "nobody knows whether the journal is whole. Put it back, or take it away if you are "
                        "sure that it is",
                        path));
    return mark;
}

JournalHead::~JournalHead() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void JournalHead::open(const std::string& journal) {
    const std::string path = head_path(journal);
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0)
        throw JournalError(
            fmt::format("{}: cannot write the journal's head: {}", path, std::strerror(errno)));
}

void JournalHead::write(const JournalMark& mark) const noexcept {
    try {
        const std::string line = line_of(mark);
        ssize_t count = 0;
        do count = ::pwrite(descriptor_, line.data(), line.size(), 0);
        while (count < 0 && errno == EINTR);
    } catch (...) {  // no memory: it stays behind
    }
}

}  // namespace termwise
