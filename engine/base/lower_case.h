// Letters of ASCII alone: ids, codes and words of protocols compare like that, whatever the locale.
#pragma once

#include <string>
#include <string_view>

namespace termwise {

[[nodiscard]] inline std::string lower_case(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

}  // namespace termwise
