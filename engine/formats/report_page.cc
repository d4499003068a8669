#include "formats/report_page.h"

namespace termwise {
namespace {

/// U+2028 and U+2029 are E2 80 A8 and E2 80 A9: end a line of JavaScript before ES2019.
constexpr std::string_view kSeparatorStart = "\xe2\x80";

/// Where `place` stands, if it does exactly once.
std::optional<std::size_t> only_place(std::string_view html, std::string_view place) {
    const std::size_t at = html.find(place);
    if (at == std::string_view::npos || html.find(place, at + 1) != std::string_view::npos)
        return std::nullopt;
    return at;
}

}  // namespace

void ScriptSafeJson::add(std::string_view json) {
    std::string joined;
    if (!carried_.empty()) {
        joined = carried_ + std::string(json);
        carried_.clear();
        json = joined;
    }
    std::size_t done = 0;
    for (std::size_t i = json.find_first_of("<>&\xe2"); i < json.size();
         i = json.find_first_of("<>&\xe2", i + 1)) {
        const char* escaped = json[i] == '<' ? "\\u003c" : json[i] == '>' ? "\\u003e" : "\\u0026";
        std::size_t size = 1;
        if (json[i] == '\xe2') {
            const std::string_view rest = json.substr(i, 3);
            if (rest.size() < 3 && kSeparatorStart.starts_with(rest)) {
                carried_ = rest;
                json = json.substr(0, i);
                break;
            }
            if (!rest.starts_with(kSeparatorStart) || (rest[2] != '\xa8' && rest[2] != '\xa9')) continue;
            escaped = rest[2] == '\xa8' ? "\\u2028" : "\\u2029";
            size = 3;
        }
        sink_(json.substr(done, i - done));
        sink_(escaped);
        done = i + size;
    }
    sink_(json.substr(done));
}

void ScriptSafeJson::finish() {
    sink_(carried_);
    carried_.clear();
}

std::optional<ReportPage> ReportPage::of(std::string_view html) {
    const std::optional<std::size_t> language = only_place(html, kLanguagePlace);
    const std::optional<std::size_t> data = only_place(html, kDataPlace);
    if (!language || !data || *language > *data) return std::nullopt;
    return ReportPage(html, *language, *data);
}

void ReportPage::write(std::string_view language, const std::function<void(const TextSink&)>& write_data,
                       const TextSink& sink) const {
    constexpr std::string_view kMark = "/*TERMWISE-DATA*/";
    const std::size_t mark = data_ + kDataPlace.find(kMark);
    sink(html_.substr(0, language_));
    sink("lang=\"");
    sink(language);
    sink("\"");
    const std::size_t after = language_ + kLanguagePlace.size();
    sink(html_.substr(after, mark - after));
    ScriptSafeJson safe(sink);
    write_data([&](std::string_view piece) { safe.add(piece); });
    safe.finish();
    sink(html_.substr(mark + kMark.size()));
}

}  // namespace termwise
