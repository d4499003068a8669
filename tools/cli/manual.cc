#include "cli/manual.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "formats/output.h"

namespace termwise::cli {
namespace {

/// Types of values that name files or folders; what else an option takes cannot be completed unless it is a
/// word of a list.
constexpr std::array<std::string_view, 10> kFileTypes{
    "SCENARIO", "PLAN", "OLD_PLAN", "FILE", "FOLDER", "PATH", "PART", "PRICES", "CUSTOMERS", "SUBSCRIPTIONS"};

struct Option {
    std::vector<std::string> names;  ///< "-o", "--output"; none: a positional
    std::string type;                ///< "FILE", "KIND"; empty: a flag
    std::vector<std::string> words;  ///< that it takes
    std::string does;
    bool required = false;
    bool is_file = false;
};

struct Verb {
    std::string path;  ///< "import bam"; empty: the program itself
    std::string does;
    std::string footer;
    std::vector<Option> options, positionals;
    std::vector<std::pair<std::string, std::string>> verbs;  ///< below it: name, what it does
};

/// "KIND:{a,b}" is one of a and b; what is written in capitals there stands for something.
std::vector<std::string> words_of(const std::string& type) {
    const std::size_t open = type.find('{'), close = type.find('}');
    std::vector<std::string> words;
    if (open == std::string::npos || close == std::string::npos) return words;
    for (const std::string& word : CLI::detail::split(type.substr(open + 1, close - open - 1), ','))
        if (std::ranges::none_of(word, [](char c) { return c >= 'A' && c <= 'Z'; })) words.push_back(word);
    return words;
}

Option option_of(const CLI::Option& of) {
    Option option;
    for (const std::string& name : of.get_snames()) option.names.push_back("-" + name);
    for (const std::string& name : of.get_lnames()) option.names.push_back("--" + name);
    option.does = of.get_description();
    option.required = of.get_required();
    if (of.get_items_expected_max() == 0) return option;
    const std::string type = of.get_type_name();
    option.words = words_of(type);
    option.type = type.substr(0, std::min(type.find(':'), type.find(' ')));
    if (option.type.starts_with('{')) option.type = "WORD";
    option.is_file = std::ranges::find(kFileTypes, option.type) != kFileTypes.end();
    return option;
}

void list_verbs(const CLI::App& app, const std::string& path, std::vector<Verb>& verbs) {
    Verb verb;
    verb.path = path;
    verb.does = app.get_description();
    verb.footer = app.get_footer();
    for (const CLI::Option* option : app.get_options())
        (option->nonpositional() ? verb.options : verb.positionals).push_back(option_of(*option));
    const auto below = app.get_subcommands(std::function<bool(const CLI::App*)>());
    for (const CLI::App* sub : below) verb.verbs.emplace_back(sub->get_name(), sub->get_description());
    verbs.push_back(std::move(verb));
    for (const CLI::App* sub : below)
        list_verbs(*sub, path.empty() ? sub->get_name() : path + " " + sub->get_name(), verbs);
}

std::vector<Verb> verbs_of(const CLI::App& app) {
    std::vector<Verb> verbs;
    list_verbs(app, "", verbs);
    return verbs;
}

// ---- shells ----

std::string in_quotes(std::string_view text) {
    std::string result = "'";
    for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
}

/// The patterns of a case over "$verb $word": the words that lead to a verb.
std::string verb_patterns(const std::vector<Verb>& verbs) {
    std::vector<std::string> patterns;
    for (const Verb& verb : verbs)
        for (const auto& [name, does] : verb.verbs) patterns.push_back(in_quotes(verb.path + " " + name));
    return fmt::format("{}", fmt::join(patterns, " | "));
}

std::string value_patterns(const Verb& verb, const Option& option) {
    std::vector<std::string> patterns;
    for (const std::string& name : option.names) patterns.push_back(in_quotes(verb.path + ":" + name));
    return fmt::format("{}", fmt::join(patterns, " | "));
}

// ---- the page ----

std::string roff(std::string_view text) {
    std::string result;
    bool line_begins = true;
    for (const char c : text) {
        if (line_begins && (c == '.' || c == '\'')) result += "\\&";
        if (c == '\\')
            result += "\\e";
        else if (c == '-')
            result += "\\-";
        else
            result += c;
        line_begins = c == '\n';
    }
    return result;
}

std::string synopsis(const Verb& verb) {
    std::string text = fmt::format(".B termwise {}\n", roff(verb.path));
    for (const Option& option : verb.options)
        if (option.required)
            text += fmt::format("\\fB{}\\fR \\fI{}\\fR\n", roff(option.names.front()), roff(option.type));
    text += "[options]\n";
    for (const Option& p : verb.positionals)
        text += p.required ? fmt::format("\\fI{}\\fR\n", roff(p.type))
                           : fmt::format("[\\fI{}\\fR]\n", roff(p.type));
    return text;
}

std::string described(const Option& option) {
    std::vector<std::string> names;
    for (const std::string& name : option.names) names.push_back("\\fB" + roff(name) + "\\fR");
    std::string text = fmt::format(".TP\n{}", fmt::join(names, ", "));
    if (!option.type.empty())
        text += fmt::format("{}\\fI{}\\fR", names.empty() ? "" : " ", roff(option.type));
    text += "\n" + roff(option.does);
    if (!option.words.empty())
        text += fmt::format(": one of {}", roff(fmt::format("{}", fmt::join(option.words, ", "))));
    return text + "\n";
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
    const std::vector<Verb> verbs = verbs_of(app);
    std::string values, options, below;
    for (const Verb& verb : verbs) {
        std::vector<std::string> names, subs;
        for (const Option& option : verb.options) {
            names.insert(names.end(), option.names.begin(), option.names.end());
            if (option.type.empty()) continue;
            const std::string how =
                option.is_file ? "_termwise_files"
                               : fmt::format("_termwise_words {}",
                                             in_quotes(fmt::format("{}", fmt::join(option.words, " "))));
            values += fmt::format("        {}) {}; return ;;\n", value_patterns(verb, option), how);
        }
        for (const auto& [name, does] : verb.verbs) subs.push_back(name);
        options += fmt::format("            {}) _termwise_words {} ;;\n", in_quotes(verb.path),
                               in_quotes(fmt::format("{}", fmt::join(names, " "))));
        std::vector<std::string> words = subs;
        for (const Option& p : verb.positionals) words.insert(words.end(), p.words.begin(), p.words.end());
        if (!words.empty())
            below += fmt::format("        {}) _termwise_words {} ;;\n", in_quotes(verb.path),
                                 in_quotes(fmt::format("{}", fmt::join(words, " "))));
    }
    return fmt::format(R"bash(# bash completion for termwise, made by `termwise completion bash`.
_termwise_words() {{
    local before='' # of a list, a,b,c
    [[ $cur == *,* ]] && before=${{cur%,*}},
    mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${{cur##*,}}")
}}
_termwise_files() {{
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}}
_termwise() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD - 1]}} verb='' i
    # --option=value comes in three words.
    if [[ $cur == = ]]; then
        cur=''
    elif [[ $prev == = ]]; then
        prev=${{COMP_WORDS[COMP_CWORD - 2]}}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$verb ${{COMP_WORDS[i]}}" in
            {}) verb="${{verb:+$verb }}${{COMP_WORDS[i]}}" ;;
        esac
    done
    COMPREPLY=()
    case "$verb:$prev" in
{}    esac
    if [[ $cur == -* ]]; then
        case "$verb" in
{}        esac
        return
    fi
    case "$verb" in
{}        *) _termwise_files ;;
    esac
}}
complete -F _termwise termwise
)bash",
                       verb_patterns(verbs), values, options, below);
}

std::string zsh_completion(const CLI::App& app) {
    const std::vector<Verb> verbs = verbs_of(app);
    const auto explained = [](const std::string& name, const std::string& does) {
        return in_quotes(name + ":" + does);
    };
    std::string values, options, below;
    for (const Verb& verb : verbs) {
        std::string names, subs;
        for (const Option& option : verb.options) {
            for (const std::string& name : option.names) names += " " + explained(name, option.does);
            if (option.type.empty()) continue;
            const std::string how = option.is_file         ? "_files"
                                    : option.words.empty() ? "_message " + in_quotes(option.type)
                                                           : fmt::format("compset -P '*,'; compadd -- {}",
                                                                         fmt::join(option.words, " "));
            values += fmt::format("        {}) {}; return ;;\n", value_patterns(verb, option), how);
        }
        options += fmt::format("            {}) found=({}) ;;\n", in_quotes(verb.path), names.substr(1));
        for (const auto& [name, does] : verb.verbs) subs += " " + explained(name, does);
        for (const Option& p : verb.positionals)
            for (const std::string& word : p.words) subs += " " + explained(word, p.does);
        if (!subs.empty())
            below += fmt::format("        {}) found=({}); _describe -t verbs verb found ;;\n",
                                 in_quotes(verb.path), subs.substr(1));
    }
    return fmt::format(R"zsh(#compdef termwise
# zsh completion for termwise, made by `termwise completion zsh`.
_termwise() {{
    local verb='' word prev=${{words[CURRENT - 1]}}
    local -a found
    for word in "${{(@)words[2,CURRENT - 1]}}"; do
        case "$verb $word" in
            {}) verb="${{verb:+$verb }}$word" ;;
        esac
    done
    case "$verb:$prev" in
{}    esac
    if [[ ${{words[CURRENT]}} == -* ]]; then
        case "$verb" in
{}        esac
        _describe -o -t options option found
        return
    fi
    case "$verb" in
{}        *) _files ;;
    esac
}}
if [[ ${{zsh_eval_context[-1]}} == loadautofunc ]]; then
    _termwise "$@"
else
    compdef _termwise termwise
fi
)zsh",
                       verb_patterns(verbs), values, options, below);
}

std::string manual_page(const CLI::App& app) {
    const std::vector<Verb> verbs = verbs_of(app);
    std::string text = fmt::format(
        ".TH TERMWISE 1 \"\" \"termwise {}\" \"User Commands\"\n.SH NAME\n"
        "termwise \\- plan the migration of licence subscriptions\n.SH SYNOPSIS\n.B termwise\n"
        "\\fIVERB\\fR [options] ...\n.SH DESCRIPTION\n{}\n.SH OPTIONS\n",
        TERMWISE_VERSION, roff(verbs.front().does));
    for (const Option& option : verbs.front().options) text += described(option);
    text += ".SH VERBS\n";
    for (const Verb& verb : verbs) {
        if (verb.path.empty() || !verb.verbs.empty()) continue;
        text += fmt::format(".SS {}\n{}.PP\n{}.\n", roff(verb.path), synopsis(verb), roff(verb.does));
        for (const Option& p : verb.positionals) text += described(p);
        for (const Option& option : verb.options) text += described(option);
        if (!verb.footer.empty()) text += ".PP\n.nf\n" + roff(verb.footer) + "\n.fi\n";
    }
    text +=
        ".SH EXIT STATUS\n.TP\n.B 0\ndone\n.TP\n.B 1\nthe input is wrong; nothing is written\n.TP\n.B 2\n"
        "wrong usage\n.TP\n.B 3\ninfeasible; the result is still printed\n.TP\n.B 5\nanything else\n"
        ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nif set and not empty, no colour\n.TP\n.B COLUMNS\n"
        "the width of tables where standard output is no terminal\n.TP\n.BR LC_ALL \", \" LC_CTYPE \", \" "
        "LANG\n"
        "whether block characters can be shown: the first that is set names the character set\n";
    return text;
}

void add_completion(Program program) {
    auto shell = std::make_shared<std::string>();
    CLI::App* verb =
        program.app.add_subcommand("completion", "Completion of verbs, options and values for a shell");
    verb->footer(
        "Example:\n  source <(termwise completion bash)\n  termwise completion zsh > ~/.zfunc/_termwise");
    verb->add_option("shell", *shell, "which shell")
        ->required()
        ->type_name("SHELL")
        ->check(CLI::IsMember({"bash", "zsh"}));
    verb->callback([shell, program] {
        write_standard_output(*shell == "bash" ? bash_completion(program.app) : zsh_completion(program.app));
        flush_standard_output();
        program.status = kDone;
    });
}

void add_man(Program program) {
    CLI::App* verb = program.app.add_subcommand("man", "The manual page, termwise(1)");
    verb->footer("Example:\n  termwise man > termwise.1 && man -l termwise.1");
    verb->callback([program] {
        write_standard_output(manual_page(program.app));
        flush_standard_output();
        program.status = kDone;
    });
}

}  // namespace termwise::cli
