// Input files, read block by block: whatever its size, no file is held in memory as a whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"

namespace termwise {

/// No input file may be larger. Far beyond any portfolio, and it keeps positions in texts within 32 bits.
inline constexpr std::uint64_t kMostInputBytes = std::uint64_t{1} << 30U;

/// Line and column from 1, columns in bytes. A byte order mark counts as nothing.
struct TextPosition {
    std::size_t line = 1;
    std::size_t column = 1;
};

/// The bytes of an input, checked to be UTF-8 without a NUL: call next_block() until it says false, then ask
/// problem(). Bytes before a problem are delivered, so that what stands there can be judged all the same.
class Source {
  public:
    static constexpr std::size_t kBlockBytes = 128 * 1024;

    /// What is wrong with the bytes, and where.
    struct Problem {
        std::string message;
        TextPosition at;
    };

    /// Opens a file. Nothing if there is none, it may not be read, is no regular file or is larger than
    /// kMostInputBytes, which is looked at before anything is read; `diagnostics` then says so (M0.5) at
    /// `asked`, the place that names the file; a place without a file is the file itself.
    [[nodiscard]] static std::optional<Source> open(const std::string& path, Place asked,
                                                    Diagnostics& diagnostics);

    /// All bytes of a file as they are, a byte order mark and what is no UTF-8 among them: for whoever
    /// digests and reads a file, which must not change between. Nothing where open() gives nothing or reading
    /// fails; `diagnostics` says why.
    [[nodiscard]] static std::optional<std::string> bytes_of(const std::string& path,
                                                             Diagnostics& diagnostics);

    /// A text in memory, in blocks of `block_bytes` (at least 4) as a file would come. `text` must outlive
    /// the source.
    static Source of_text(std::string_view text, std::string name, std::size_t block_bytes = kBlockBytes);

    [[nodiscard]] const std::string& name() const { return name_; }

    /// Goes on to the next block; false at the end or at a problem. Earlier blocks are gone.
    [[nodiscard]] bool next_block();
    /// The current block.
    [[nodiscard]] std::string_view block() const { return block_; }
    /// The place of a byte of the current block, or of its end. Runtime: the block.
    [[nodiscard]] TextPosition position_of(const char* byte) const;
    [[nodiscard]] std::uint64_t bytes_read() const { return bytes_before_ + block_.size(); }
    [[nodiscard]] const std::optional<Problem>& problem() const { return problem_; }

  private:
    /// An open file, closed at the end; or none.
    class File {
      public:
        File() = default;
        explicit File(int descriptor) : descriptor_(descriptor) {}
        File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
        File& operator=(File&& other) noexcept {
            std::swap(descriptor_, other.descriptor_);
            return *this;
        }
        ~File();
        [[nodiscard]] bool none() const { return descriptor_ < 0; }
        [[nodiscard]] int descriptor() const { return descriptor_; }

      private:
        int descriptor_ = -1;
    };

    explicit Source(std::string name) : name_(std::move(name)) {}
    [[nodiscard]] std::string_view read_block();
    void check_start(std::string_view start);
    void check_bytes();
    void stop_at(const char* byte, std::string message);

    std::string name_;
    File file_;              // none: a text
    std::string_view text_;  // what is left of it
    std::size_t text_block_bytes_ = kBlockBytes;
    std::vector<char> buffer_;
    std::string_view block_;
    std::size_t block_lines_ = 0;     // line feeds in the block
    std::uint64_t bytes_before_ = 0;  // read before the block
    std::size_t line_ = 1;            // the line in which the block starts,
    std::uint64_t line_start_ = 0;    // and where that line starts, counted like bytes_before_
    bool started_ = false;
    std::uint8_t pending_bytes_ = 0;     // of a UTF-8 sequence that goes on in the next block,
    std::uint8_t pending_least_ = 0x80;  // and the range of the next of them
    std::uint8_t pending_most_ = 0xbf;
    std::optional<Problem> problem_;
};

/// All of a small file, such as one of settings. Nothing if it cannot be read or is no text; `diagnostics`
/// then says so.
[[nodiscard]] std::optional<std::string> read_whole_text(const std::string& path, Diagnostics& diagnostics);

}  // namespace termwise
