#include "formats/source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace termwise {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// What a pass over many bytes finds out about them.
struct Survey {
    std::size_t lines = 0;  // line feeds
    bool plain = true;      // ASCII without NUL
};

/// Vectors of the compiler: this runs over every byte of every input, and nothing else does but the parser.
Survey survey(std::string_view bytes) {
    using Lanes = std::uint8_t __attribute__((vector_size(16)));
    constexpr std::size_t kLanes = sizeof(Lanes);
    constexpr std::size_t kMostRounds = 255;  // until a lane's counter would overflow

    Survey found;
    const char* byte = bytes.data();
    std::size_t left = bytes.size() / kLanes;
    Lanes odd{};
    while (left > 0) {
        Lanes lines{};
        const std::size_t rounds = std::min(left, kMostRounds);
        for (std::size_t i = 0; i < rounds; ++i, byte += kLanes) {
            Lanes lanes;
            std::memcpy(&lanes, byte, kLanes);
            lines -= reinterpret_cast<Lanes>(lanes == static_cast<std::uint8_t>('\n'));
            odd |=
                (lanes & static_cast<std::uint8_t>(0x80)) | reinterpret_cast<Lanes>(lanes == std::uint8_t{0});
        }
        left -= rounds;
        for (std::size_t i = 0; i < kLanes; ++i) found.lines += lines[i];
    }
    for (std::size_t i = 0; i < kLanes; ++i) found.plain = found.plain && odd[i] == 0;
    for (const char* const end = bytes.data() + bytes.size(); byte != end; ++byte) {
        found.lines += *byte == '\n' ? 1U : 0U;
        found.plain = found.plain && *byte > 0;
    }
    return found;
}

/// Why a file could not be opened or read.
std::string reason_text(int error) {
    if (error == ENOENT || error == ENOTDIR) return "there is no such file";
    if (error == EACCES || error == EPERM) return "no permission to read it";
    return std::error_code(error, std::generic_category()).message();
}

}  // namespace

Source::File::~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<Source> Source::open(const std::string& path, Place asked, Diagnostics& diagnostics) {
    const auto refuse = [&](const std::string& why) {
        if (asked.file.empty()) asked.file = path;
        diagnostics.error("M0.5", std::move(asked), fmt::format("cannot read \"{}\": {}", path, why));
        return std::nullopt;
    };
    // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
    File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.none()) return refuse(reason_text(errno));
    struct stat status {};
    if (::fstat(file.descriptor(), &status) != 0) return refuse(reason_text(errno));
    if (S_ISDIR(status.st_mode)) return refuse("it is a directory");
    if (!S_ISREG(status.st_mode)) return refuse("it is no regular file, and has to be read more than once");
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > kMostInputBytes)
        return refuse(
            fmt::format("it has {} bytes; an input file may have at most {}", size, kMostInputBytes));

    Source source(path);
    source.buffer_.resize(kBlockBytes);
    source.file_ = std::move(file);
    return source;
}

std::optional<std::string> Source::bytes_of(const std::string& path, Diagnostics& diagnostics) {
    std::optional<Source> source = open(path, {}, diagnostics);
    if (!source) return std::nullopt;
    std::string bytes;
    const auto refuse = [&](const std::string& why) {
        diagnostics.error("M0.5", {path, {}, {}, 0, 0}, fmt::format("cannot read \"{}\": {}", path, why));
        return std::nullopt;
    };
    for (std::string_view block = source->read_block(); !block.empty(); block = source->read_block()) {
        bytes += block;
        // It has grown since it was opened.
        if (bytes.size() > kMostInputBytes) return refuse(fmt::format("more than {} bytes", kMostInputBytes));
    }
    if (source->problem_) return refuse(source->problem_->message);
    return bytes;
}

Source Source::of_text(std::string_view text, std::string name, std::size_t block_bytes) {
    Source source(std::move(name));
    source.text_ = text;
    source.text_block_bytes_ = block_bytes;
    return source;
}

std::string_view Source::read_block() {
    if (file_.none()) {
        const std::string_view next = text_.substr(0, text_block_bytes_);
        text_.remove_prefix(next.size());
        return next;
    }
    ssize_t count = 0;
    do count = ::read(file_.descriptor(), buffer_.data(), buffer_.size());
    while (count < 0 && errno == EINTR);
    if (count < 0) {
        stop_at(block_.data() + block_.size(), fmt::format("reading failed: {}", reason_text(errno)));
        return {};
    }
    return {buffer_.data(), static_cast<std::size_t>(count)};
}

bool Source::next_block() {
    if (problem_) return false;
    const std::size_t last = block_.rfind('\n');
    if (last != std::string_view::npos) line_start_ = bytes_before_ + last + 1;
    line_ += block_lines_;
    bytes_before_ += block_.size();
    block_ = {};
    std::string_view next = read_block();
    if (!started_) {
        started_ = true;
        check_start(next);
        if (next.starts_with(kByteOrderMark)) next.remove_prefix(kByteOrderMark.size());
        if (next.empty() && !problem_) next = read_block();
    }
    block_ = next;
    if (problem_) return false;
    const Survey found = survey(block_);
    block_lines_ = found.lines;
    if (bytes_before_ + block_.size() > kMostInputBytes) {
        // It has grown since it was opened.
        stop_at(block_.data(), fmt::format("more than {} bytes", kMostInputBytes));
    } else if (block_.empty()) {
        if (pending_bytes_ > 0) stop_at(block_.data(), "the file ends in the middle of a UTF-8 character");
    } else if (pending_bytes_ > 0 || !found.plain) {
        check_bytes();
    }
    return !block_.empty();
}

TextPosition Source::position_of(const char* byte) const {
    const std::string_view before = block_.substr(0, static_cast<std::size_t>(byte - block_.data()));
    const std::size_t last = before.rfind('\n');
    const std::uint64_t start = last == std::string_view::npos ? line_start_ : bytes_before_ + last + 1;
    const auto lines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    return {line_ + lines, static_cast<std::size_t>(bytes_before_ + before.size() - start) + 1};
}

void Source::stop_at(const char* byte, std::string message) {
    problem_ = Problem{std::move(message), position_of(byte)};
    block_ = block_.substr(0, static_cast<std::size_t>(byte - block_.data()));
}

/// The byte order marks of what is not UTF-8: said as such, they are the usual mistake of a spreadsheet's
/// export.
void Source::check_start(std::string_view start) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kMarks{
        {{"\0\0\xfe\xff"sv, "UTF-32"},
         {"\xff\xfe\0\0"sv, "UTF-32"},
         {"\xfe\xff"sv, "UTF-16"},
         {"\xff\xfe"sv, "UTF-16"}}};
    // What spreadsheets save as a workbook is a ZIP archive.
    if (start.starts_with("PK\x03\x04"sv)) {
        problem_ =
            Problem{"this is a workbook (.xlsx) or another archive; save the sheet as CSV in UTF-8", {}};
        return;
    }
    for (const auto& [mark, encoding] : kMarks) {
        if (!start.starts_with(mark)) continue;
        problem_ = Problem{fmt::format("the file is written in {}; save it as UTF-8", encoding), {}};
        return;
    }
}

/// The well-formed byte sequences of the Unicode Standard, table 3-7, carried on from block to block.
void Source::check_bytes() {
    const char* const end = block_.data() + block_.size();
    for (const char* at = block_.data(); at != end; ++at) {
        const auto byte = static_cast<std::uint8_t>(*at);
        if (pending_bytes_ > 0) {
            if (byte < pending_least_ || byte > pending_most_) return stop_at(at, "not UTF-8");
            --pending_bytes_;
            pending_least_ = 0x80;
            pending_most_ = 0xbf;
        } else if (byte >= 0x80) {
            if (byte < 0xc2 || byte > 0xf4) return stop_at(at, "not UTF-8");
            pending_bytes_ = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
            if (byte == 0xe0) pending_least_ = 0xa0;
            if (byte == 0xed) pending_most_ = 0x9f;
            if (byte == 0xf0) pending_least_ = 0x90;
            if (byte == 0xf4) pending_most_ = 0x8f;
        } else if (byte == 0) {
            return stop_at(at, "a NUL byte: this is no text file, or one in UTF-16");
        }
    }
}

std::optional<std::string> read_whole_text(const std::string& path, Diagnostics& diagnostics) {
    auto source = Source::open(path, {}, diagnostics);
    if (!source) return std::nullopt;
    std::string text;
    while (source->next_block()) text += source->block();
    if (!source->problem()) return text;
    const TextPosition at = source->problem()->at;
    diagnostics.error("M0.5", {path, {}, {}, at.line, at.column}, source->problem()->message);
    return std::nullopt;
}

}  // namespace termwise
