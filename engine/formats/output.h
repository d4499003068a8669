// Where results go: standard output, or files that are there whole or not at all (M8).
#pragma once

#include <cstdio>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>

namespace termwise {

/// What was to be written could not be: the disk is full, the folder is missing, the reader of a pipe has
/// gone.
struct OutputError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A file under construction. It takes its name only in commit(); until then, and if that never comes (an
/// error, an exception, Ctrl-C), whatever stood there before stays untouched and nothing is left behind.
class OutputFile {
  public:
    /// Throws OutputError if no file can be made in the folder of `path`.
    explicit OutputFile(std::string path);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    /// Throws OutputError.
    void write(std::string_view text);
    /// Makes everything durable and gives the file its name. Throws OutputError.
    void commit();

  private:
    friend class OutputFiles;
    void complete();
    void take_name();
    void drain();
    [[noreturn]] void fail(const char* doing);

    std::string path_;       // as the caller names it
    std::string target_;     // what it leads to, if it is a link
    std::string temporary_;  // its name until commit(); empty while it has none
    int descriptor_ = -1;
    bool in_place_ = false;  // a device or a pipe
    std::string buffer_;
};

/// Files that belong together: all of them take their names, or none does. Only where giving a name fails,
/// which is tried when all of them are complete, may those before it have taken theirs.
class OutputFiles {
  public:
    /// A file to write to, which stays where it is. Throws as OutputFile does.
    OutputFile& add(std::string path);
    /// In the order in which they were added. Throws OutputError.
    void commit();

  private:
    std::deque<OutputFile> files_;
};

/// Makes a folder, and those that it lies in, unless it is there. Throws OutputError.
void make_folder(const std::string& path);

/// The path of a file in a folder.
[[nodiscard]] std::string path_in(const std::string& folder, std::string_view name);

/// Writes to standard output; throws OutputError if that fails, finally in flush_standard_output().
void write_standard_output(std::string_view text);
void flush_standard_output();

}  // namespace termwise
