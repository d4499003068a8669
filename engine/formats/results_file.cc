#include "formats/results_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "formats/output.h"
#include "formats/scalar.h"

namespace termwise {
namespace {

constexpr mode_t kMode = 0666;  // less the umask, as for any file
constexpr std::size_t kBlockBytes = 1 << 16;

/// The lines of a file, one after the other, and how many bytes they take.
class Lines {
  public:
    explicit Lines(int descriptor) : descriptor_(descriptor), block_(kBlockBytes) {}

    /// The next line that has an end, without it; false at the end of the file: then rest() has no end.
    [[nodiscard]] bool next(std::string& line) {
        line = std::exchange(rest_, {});
        for (;;) {
            const std::size_t end = text_.find('\n', at_);
            line.append(text_, at_, end - at_);
            if (end != std::string::npos) {
                at_ = end + 1;
                bytes_ += line.size() + 1;
                return true;
            }
            const ssize_t read = ::read(descriptor_, block_.data(), block_.size());
            if (read < 0 && errno == EINTR) {
                at_ = text_.size();
                continue;
            }
            failed_ = read < 0;
            text_.assign(block_.data(), read > 0 ? static_cast<std::size_t>(read) : 0);
            at_ = 0;
            if (read > 0) continue;
            rest_ = line;
            return false;
        }
    }
    [[nodiscard]] const std::string& rest() const { return rest_; }
    [[nodiscard]] bool failed() const { return failed_; }
    /// Of the lines handed out.
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

  private:
    int descriptor_;
    std::vector<char> block_;
    std::string text_, rest_;
    std::size_t at_ = 0;
    std::uint64_t bytes_ = 0;
    bool failed_ = false;
};

}  // namespace

std::optional<ResultsFile> ResultsFile::open(const std::string& path, const std::string& head,
                                             std::uint64_t rows, const Judge& judge,
                                             Diagnostics& diagnostics) {
    struct stat status {};
    const bool exists = ::stat(path.c_str(), &status) == 0;
    const bool regular = !exists || S_ISREG(status.st_mode);
    ResultsFile file(
        path, ::open(path.c_str(), regular ? O_RDWR | O_CREAT | O_CLOEXEC : O_WRONLY | O_CLOEXEC, kMode));
    if (file.descriptor_ < 0) file.fail("open");
    file.regular_ = regular;
    file.made_ = !exists;
    file.missing_head_ = head;
    if (!regular) return file;
    // Where locks are not to be had (some network file systems) there is none.
    if (::flock(file.descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        diagnostics.error("M8", {path, {}, {}, 0, 0}, "another sweep is writing to this file");
        return std::nullopt;
    }
    if (!file.read(head, rows, judge, diagnostics)) return std::nullopt;
    return file;
}

bool ResultsFile::read(const std::string& head, std::uint64_t rows, const Judge& judge,
                       Diagnostics& diagnostics) {
    const auto refuse = [&](std::size_t line, std::string_view why) {
        diagnostics.error("M8", {path_, {}, {}, line, line > 0 ? std::size_t{1} : 0},
                          fmt::format("{}; the file is left as it is: name another one, or remove it", why));
        return false;
    };
    Lines lines(descriptor_);
    std::string line;
    std::size_t number = 0;
    std::string_view missing = head;
    while (!missing.empty() && lines.next(line)) {
        const std::string_view expected = missing.substr(0, missing.find('\n'));
        ++number;
        if (line != expected)
            return refuse(number, fmt::format("this is no table of this sweep: here stands {}, not {}",
                                              termwise::quoted(line), termwise::quoted(expected)));
        missing.remove_prefix(expected.size() + 1);
    }
    if (!missing.empty()) {  // not even the head is there
        if (lines.failed()) fail("read");
        if (!missing.starts_with(lines.rest()))
            return refuse(number + 1, fmt::format("this is no table of this sweep: here stands {}",
                                                  termwise::quoted(lines.rest())));
        kept_bytes_ = lines.bytes();
        missing_head_ = missing;
        return true;
    }
    missing_head_.clear();
    while (lines.next(line)) {
        ++number;
        if (kept_ == rows) return refuse(number, "there are more rows than this sweep has");
        if (const std::string why = judge(kept_, line); !why.empty()) return refuse(number, why);
        ++kept_;
    }
    if (lines.failed()) fail("read");
    if (kept_ == rows && !lines.rest().empty())
        return refuse(number + 1, "there are more rows than this sweep has");
    kept_bytes_ = lines.bytes();
    return true;
}

void ResultsFile::begin() {
    if (begun_) return;
    begun_ = true;
    const auto size = static_cast<off_t>(kept_bytes_);
    if (regular_ && (::ftruncate(descriptor_, size) != 0 || ::lseek(descriptor_, size, SEEK_SET) != size))
        fail("write");
    write(missing_head_);
}

ResultsFile::ResultsFile(ResultsFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      regular_(other.regular_),
      made_(other.made_),
      begun_(other.begun_),
      kept_(other.kept_),
      kept_bytes_(other.kept_bytes_),
      missing_head_(std::move(other.missing_head_)) {}

ResultsFile::~ResultsFile() {
    if (descriptor_ < 0) return;
    if (made_ && !begun_) ::unlink(path_.c_str());
    ::close(descriptor_);
}

void ResultsFile::fail(const char* doing) const {
    throw OutputError(std::string("cannot ") + doing + " " + path_ + ": " + std::strerror(errno));
}

void ResultsFile::write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor_, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("write");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void ResultsFile::append(std::string_view rows) {
    begin();
    write(rows);
}

void ResultsFile::finish() {
    begin();
    if (regular_ && ::fsync(descriptor_) != 0 && errno != EINVAL) fail("write");
}

}  // namespace termwise
