// The text in which nlohmann::json's lexer gathers a token. It appends byte by byte, and a std::string does
// more at each of them than the rest of the lexer: with this in its place reading a large file takes a
// quarter less time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace termwise {

/// What the lexer asks of a string, and no more. Always followed by a NUL, which strtod() wants.
class TokenText {
  public:
    using value_type = char;

    TokenText() = default;
    TokenText(const char* text) : TokenText(std::string_view(text)) {}         // NOLINT: as a string does
    TokenText(const std::string& text) : TokenText(std::string_view(text)) {}  // NOLINT
    TokenText(std::string_view text) { append(text.data(), text.size()); }     // NOLINT
    TokenText(std::size_t count, char c) {
        while (count-- > 0) push_back(c);
    }

    void clear() { size_ = 0; }
    [[gnu::always_inline]] void push_back(char c) {
        if (size_ + 1 >= bytes_.size()) [[unlikely]]
            grow();
        bytes_[size_++] = c;
    }
    void append(const TokenText& other) { append(other.bytes_.data(), other.size_); }
    void append(const char* text, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) push_back(text[i]);
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] const char* data() {
        bytes_[size_] = '\0';
        return bytes_.data();
    }
    [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

    friend bool operator==(const TokenText& a, const TokenText& b) { return a.view() == b.view(); }
    friend bool operator<(const TokenText& a, const TokenText& b) { return a.view() < b.view(); }

  private:
    [[gnu::noinline]] void grow() { bytes_.resize(bytes_.size() * 2); }

    std::vector<char> bytes_ = std::vector<char>(64);
    std::size_t size_ = 0;  // less than bytes_.size()
};

}  // namespace termwise
