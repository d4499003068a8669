#include "formats/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace termwise {
namespace {

constexpr std::size_t kBufferBytes = 1 << 18;
constexpr mode_t kMode = 0666;  // less the umask, as for any file

std::string folder_of(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

std::string temporary_name(const std::string& path) {
    const std::filesystem::path target(path);
    const std::string name = "." + target.filename().string() + ".part-" + std::to_string(::getpid());
    return (target.parent_path() / name).string();
}

}  // namespace

OutputFile::OutputFile(std::string path) : path_(std::move(path)), target_(path_) {
    struct stat status {};
    const bool exists = ::stat(path_.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        fail("write");
    }
    if (exists && !S_ISREG(status.st_mode)) {  // a pipe or a device is written to, never replaced
        in_place_ = true;
        descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
        if (descriptor_ < 0) fail("open");
        return;
    }
    std::error_code ignored;
    if (exists) target_ = std::filesystem::canonical(path_, ignored).string();  // a link stays one
    // A file without a name vanishes with the process, whatever ends it.
    descriptor_ = ::open(folder_of(target_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, kMode);
    if (descriptor_ >= 0) return;
    temporary_ = temporary_name(target_);  // not every file system has such files
    descriptor_ = ::open(temporary_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, kMode);
    if (descriptor_ < 0) {
        temporary_.clear();
        fail("create");
    }
}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void OutputFile::fail(const char* doing) {
    const int error = errno;
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    if (!temporary_.empty()) ::unlink(std::exchange(temporary_, {}).c_str());
    throw OutputError(std::string("cannot ") + doing + " " + path_ + ": " + std::strerror(error));
}

void OutputFile::write(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() >= kBufferBytes) drain();
}

void OutputFile::drain() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("write");
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
}

void OutputFile::commit() {
    complete();
    take_name();
}

/// Leaves nothing to do but to take the name.
void OutputFile::complete() {
    drain();
    if (in_place_) {
        if (::close(std::exchange(descriptor_, -1)) != 0) fail("write");
        return;
    }
    if (::fsync(descriptor_) != 0 && errno != EINVAL) fail("write");
    if (temporary_.empty()) {
        const std::string name = temporary_name(target_);
        const std::string self = "/proc/self/fd/" + std::to_string(descriptor_);
        ::unlink(name.c_str());  // of a process that died with our number
        if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) fail("write");
        temporary_ = name;
    }
    if (::close(std::exchange(descriptor_, -1)) != 0) fail("write");
}

void OutputFile::take_name() {
    if (in_place_) return;
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail("write");
    temporary_.clear();
}

OutputFile& OutputFiles::add(std::string path) { return files_.emplace_back(std::move(path)); }

void OutputFiles::commit() {
    for (OutputFile& file : files_) file.complete();
    for (OutputFile& file : files_) file.take_name();
}

void make_folder(const std::string& path) {
    std::error_code failed;
    std::filesystem::create_directories(path, failed);
    if (failed) throw OutputError("cannot make folder " + path + ": " + failed.message());
}

std::string path_in(const std::string& folder, std::string_view name) {
    return (std::filesystem::path(folder) / name).string();
}

void write_standard_output(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
        throw OutputError(std::string("cannot write to standard output: ") + std::strerror(errno));
}

void flush_standard_output() {
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        throw OutputError(std::string("cannot write to standard output: ") + std::strerror(errno));
}

}  // namespace termwise
