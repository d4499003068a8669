// Many short strings in one block of memory. A portfolio has millions of identifiers; a std::string each
// would take more room than everything else that is known about a subscription.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace termwise {

/// A string in a TextPool.
struct Text {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
};

/// Append-only. Holds at most 4 GiB (the readers' limit on file size lies below that).
class TextPool {
  public:
    [[nodiscard]] Text add(std::string_view text) {
        const Text added{static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(text.size())};
        bytes_.insert(bytes_.end(), text.begin(), text.end());
        return added;
    }
    /// Valid until the next `add`.
    [[nodiscard]] std::string_view view(Text text) const {
        return {bytes_.data() + text.offset, text.length};
    }
    [[nodiscard]] std::size_t size_bytes() const { return bytes_.size(); }

  private:
    std::vector<char> bytes_;
};

}  // namespace termwise
