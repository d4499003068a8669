// The page of a report: a template of HTML with the data in its place.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "formats/canonical.h"

namespace termwise {

/// Hands JSON on so that it can stand inside a <script> element and in any HTML: what could end the element,
/// open a comment or an entity, or break a line of JavaScript is escaped, which changes no value. All of
/// these characters stand only in texts of JSON. Pieces may end anywhere.
class ScriptSafeJson {
  public:
    explicit ScriptSafeJson(TextSink sink) : sink_(std::move(sink)) {}
    void add(std::string_view json);
    /// At the end.
    void finish();

  private:
    TextSink sink_;
    std::string carried_;  // the start of a line or paragraph separator, perhaps
};

class ReportPage {
  public:
    /// Where a template holds the language and the data: exactly once each.
    static constexpr std::string_view kLanguagePlace = "lang=\"TERMWISE-LANG\"";
    static constexpr std::string_view kDataPlace =
        "<script type=\"application/json\" id=\"data\">/*TERMWISE-DATA*/</script>";

    /// Nothing if `html`, which has to outlive the page, has not exactly one of both places.
    [[nodiscard]] static std::optional<ReportPage> of(std::string_view html);

    /// `language`: "de" or "en". `write_data` writes a JSON document.
    void write(std::string_view language, const std::function<void(const TextSink&)>& write_data,
               const TextSink& sink) const;

  private:
    ReportPage(std::string_view html, std::size_t language, std::size_t data)
        : html_(html), language_(language), data_(data) {}

    std::string_view html_;
    std::size_t language_, data_;  // where the places begin; the language comes first
};

}  // namespace termwise
