#include "clients/cli/completion.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/connection.h"
#include "clients/cli/dynamic_call.h"
#include "clients/cli/export_formats.h"
#include "clients/cli/names.h"
#include "clients/cli/options.h"
#include "clients/cli/output/text.h"
#include "graph/base/strings.h"

namespace attlas::cli {
namespace {

using graph::v1::GraphService;

// People are typing: no answer is better than a late one.
constexpr absl::Duration kUsualPatience = absl::Milliseconds(400);
constexpr int kMostNames = 1'000;

struct PositionKinds {
  std::string_view command;         // With that of its group before it, as `data check`.
  std::array<WordKind, 3> kinds{};  // The last one stands for all further words too.
};

constexpr PositionKinds kPositions[] = {
    {"status", {WordKind::kInstrument}},
    {"share", {WordKind::kNode, WordKind::kInstrument}},
    {"candidates", {WordKind::kInstrument}},
    {"reporting", {WordKind::kInstrument}},
    {"shared-reporting", {WordKind::kState, WordKind::kInstrument}},
    {"answers", {WordKind::kNode, WordKind::kInstrument}},
    {"changes", {WordKind::kNode}},
    {"shared-concerns", {WordKind::kState}},
    {"source", {WordKind::kSource}},
    {"state", {WordKind::kState}},
    {"synergies", {WordKind::kState, WordKind::kInstrument}},
    {"compare", {WordKind::kInstrument, WordKind::kInstrument, WordKind::kInstrument}},
    {"simulate", {WordKind::kState}},
    {"bridges", {WordKind::kState, WordKind::kInstrument}},
    {"roles", {WordKind::kState, WordKind::kInstrument}},
    {"cooperation", {WordKind::kState}},
    {"convene", {WordKind::kTheme}},
    {"decision-path", {WordKind::kNode, WordKind::kNode}},
    {"reach", {WordKind::kState}},
    {"duplication", {WordKind::kState}},
    {"networks", {WordKind::kState, WordKind::kState, WordKind::kState}},
    {"path", {WordKind::kNode, WordKind::kNode}},
    {"node", {WordKind::kNode}},
    {"history", {WordKind::kNode}},
    {"figures", {WordKind::kFigure}},
    {"call", {WordKind::kMethod}},
    {"completion", {WordKind::kShell}},
    {"data check", {WordKind::kFile}},
    {"data load", {WordKind::kFile}},
    {"data export", {WordKind::kFile}},
    {"data import", {WordKind::kFile}},
    {"data diff", {WordKind::kInstrument, WordKind::kFile}},
    {"data apply", {WordKind::kFile}},
    {"audit verify", {WordKind::kFile}},
    {"verify", {WordKind::kFile}},
    {"engagement show", {WordKind::kNode}},
    {"engagement record", {WordKind::kNode}},
    {"transfers ranking", {WordKind::kDirection}},
    {"transfers count", {WordKind::kGrouping, WordKind::kGrouping, WordKind::kGrouping}},
    {"transfers suppliers", {WordKind::kState}},
    {"transfers customers", {WordKind::kState}},
    {"transfers exposure", {WordKind::kState}},
};

struct OptionKind {
  std::string_view option;
  WordKind kind;
  std::string_view command = {};  // Where it means this; everywhere if empty. The first one counts.
};

constexpr OptionKind kOptionKinds[] = {
    {"--output", WordKind::kOutputForm},
    {"-o", WordKind::kOutputForm},
    {"--min-confidence", WordKind::kConfidence},
    {"--count-by", WordKind::kCountBy},
    {"--order", WordKind::kOrder},
    {"--region", WordKind::kGrouping},
    {"--join", WordKind::kInstrument},
    {"--sign", WordKind::kInstrument},
    {"--leave", WordKind::kInstrument},
    {"--target", WordKind::kInstrument},
    {"--apart-from", WordKind::kInstrument},
    {"--instrument", WordKind::kInstrument},
    {"--state", WordKind::kState},
    {"--held-in", WordKind::kState},
    {"--theme", WordKind::kConcernTheme, "concerns"},
    {"--theme", WordKind::kConcernTheme, "unanswered"},
    {"--theme", WordKind::kAnyTheme, "search"},
    {"--theme", WordKind::kTheme},
    {"--source", WordKind::kSource},
    {"--avoid", WordKind::kNodeType},
    {"--types", WordKind::kAnyType, "watch"},
    {"--types", WordKind::kNodeType},
    {"--type", WordKind::kAnyType, "search"},
    {"--type", WordKind::kEdgeType},
    {"--data_dir", WordKind::kFile},
    {"--data-dir", WordKind::kFile},
    {"--backup_dir", WordKind::kFile},
    {"--backup-dir", WordKind::kFile},
    {"--audit_dir", WordKind::kFile},
    {"--audit-dir", WordKind::kFile},
    {"--file", WordKind::kFile},
    {"--format", WordKind::kExportFormat},
    {"--mapping", WordKind::kFile},
    {"--output-directory", WordKind::kFile},
};

// How long to wait for the daemon: as the environment says, for those whose daemon is far away.
absl::Duration Patience() {
  const char* variable = std::getenv(kCompletionTimeoutVariable);
  CommonOptions options;
  if (variable != nullptr) options.timeout = variable;
  return TimeoutOf(options, kUsualPatience).value_or(kUsualPatience);
}

// The command that the words so far choose, and how many of them did.
CLI::App* ChosenCommand(CLI::App& app, const std::vector<std::string>& words, size_t* used) {
  CLI::App* chosen = &app;
  *used = 0;
  while (*used + 1 < words.size()) {
    CLI::App* next = FindCommand(*chosen, words[*used]);
    if (next == nullptr) break;
    chosen = next;
    ++*used;
  }
  return chosen;
}

// Its name, after that of its group.
std::string PathOf(const CLI::App& app, CLI::App& command) {
  const CLI::App* const group = command.get_parent();
  if (group == nullptr || group == &app) return command.get_name();
  return absl::StrCat(group->get_name(), " ", command.get_name());
}

bool TakesValue(CLI::App& command, const std::string& word) {
  const CLI::Option* option = command.get_option_no_throw(word);
  return option != nullptr && option->get_items_expected_max() > 0;
}

std::vector<Candidate> OptionsOf(CLI::App& command) {
  std::vector<Candidate> options;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      options.push_back({absl::StrCat("--", name), option->get_description()});
    }
  }
  return options;
}

std::vector<Candidate> CommandsOf(CLI::App& app) {
  std::vector<Candidate> commands;
  for (const CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    if (command->get_group().empty()) continue;
    commands.push_back({command->get_name(), command->get_description()});
  }
  return commands;
}

std::vector<Candidate> Words(const std::vector<std::string>& words) {
  std::vector<Candidate> candidates;
  candidates.reserve(words.size());
  for (const std::string& word : words) candidates.push_back({word, ""});
  return candidates;
}

// Asks the daemon for names; nothing where it does not answer in time.
class NameSource {
 public:
  explicit NameSource(const std::string& address) : connection_(address, Patience()) {}

  std::vector<Candidate> NodesOfTypes(const std::vector<std::string>& types, bool full_names) {
    graph::v1::ListNodesRequest request;
    for (const std::string& type : types) request.mutable_selector()->add_types(type);
    request.set_page_size(kMostNames);
    const auto response = connection_.Ask(&GraphService::Stub::ListNodes, request);
    std::vector<Candidate> candidates;
    if (!response.ok()) return candidates;
    for (const auto& node : response->nodes()) {
      candidates.push_back(
          {full_names ? node.name() : std::string(IdOf(node.name())), node.display_name()});
    }
    return candidates;
  }

  // Collections, until one is typed; then its nodes.
  std::vector<Candidate> Nodes(const std::string& typed) {
    std::vector<Candidate> candidates;
    const size_t slash = typed.find('/');
    for (const auto& type : Ontology().node_types()) {
      if (slash == std::string::npos) {
        candidates.push_back({absl::StrCat(type.collection(), "/"), type.description()});
      } else if (absl::EqualsIgnoreCase(type.collection(), typed.substr(0, slash))) {
        return NodesOfTypes({type.name()}, true);
      }
    }
    return candidates;
  }

  std::vector<Candidate> TypeNames(bool of_nodes, bool of_edges) {
    const graph::v1::Ontology& ontology = Ontology();
    std::vector<Candidate> candidates;
    const auto add = [&](const auto& types) {
      for (const auto& type : types) candidates.push_back({type.name(), type.description()});
    };
    if (of_nodes) add(ontology.node_types());
    if (of_edges) add(ontology.edge_types());
    return candidates;
  }

 private:
  // Empty where the daemon does not answer.
  const graph::v1::Ontology& Ontology() {
    if (ontology_.has_value()) return *ontology_;
    const auto response =
        connection_.Ask(&GraphService::Stub::GetOntology, graph::v1::GetOntologyRequest());
    return ontology_.emplace(response.ok() ? response->ontology() : graph::v1::Ontology());
  }

  Connection connection_;
  std::optional<graph::v1::Ontology> ontology_;
};

// The --address among the words, else that of the environment.
std::string AddressAmong(const std::vector<std::string>& words) {
  CommonOptions options;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] == "--address") options.address = words[i + 1];
    constexpr std::string_view kWithValue = "--address=";
    if (words[i].starts_with(kWithValue)) options.address = words[i].substr(kWithValue.size());
  }
  return AddressOf(options);
}

std::vector<Candidate> Methods() {
  std::vector<Candidate> candidates;
  for (const auto* method : BuiltInMethods()) {
    candidates.push_back({absl::StrCat(method->service()->name(), "/", method->name()),
                          std::string(MethodKind(*method))});
  }
  return candidates;
}

std::vector<Candidate> CandidatesOf(WordKind kind, Program& program,
                                    const std::vector<std::string>& words) {
  size_t used = 0;
  CLI::App* command = ChosenCommand(program.app(), words, &used);
  const auto names = [&] { return NameSource(AddressAmong(words)); };
  switch (kind) {
    case WordKind::kCommand:
    case WordKind::kDataCommand:
      return CommandsOf(*command);
    case WordKind::kOption:
      return OptionsOf(*command);
    case WordKind::kState:
      return names().NodesOfTypes({"state", "economy"}, false);
    case WordKind::kInstrument:
      return names().NodesOfTypes({"instrument"}, false);
    case WordKind::kGrouping:
      return names().NodesOfTypes({"grouping"}, false);
    case WordKind::kFigure:
      return names().NodesOfTypes({"figure"}, false);
    case WordKind::kTheme:
      return names().NodesOfTypes({"theme"}, false);
    case WordKind::kConcernTheme:
      return names().NodesOfTypes({"concern_theme"}, false);
    case WordKind::kAnyTheme:
      return names().NodesOfTypes({"theme", "concern_theme"}, true);
    case WordKind::kSource:
      return names().NodesOfTypes({"source"}, false);
    case WordKind::kNode:
      return names().Nodes(words.back());
    case WordKind::kNodeType:
      return names().TypeNames(true, false);
    case WordKind::kEdgeType:
      return names().TypeNames(false, true);
    case WordKind::kAnyType:
      return names().TypeNames(true, true);
    case WordKind::kMethod:
      return Methods();
    case WordKind::kOutputForm:
      return Words(OutputForms());
    case WordKind::kExportFormat:
      return Words(ExportFormats());
    case WordKind::kConfidence:
      return Words(ConfidenceNames());
    case WordKind::kCountBy:
      return Words({"deposit", "in-force"});
    case WordKind::kOrder:
      return Words({"similarity", "contact"});
    case WordKind::kDirection:
      return Words({"exporters", "importers"});
    case WordKind::kShell:
      return Words(Shells());
    case WordKind::kNothing:
    case WordKind::kFile:
      break;
  }
  return {};
}

}  // namespace

WordKind KindOfLastWord(CLI::App& app, const std::vector<std::string>& words) {
  size_t used = 0;
  CLI::App* command = ChosenCommand(app, words, &used);
  if (used == 0 && words.size() > 1) return WordKind::kNothing;
  const std::string path = PathOf(app, *command);
  const std::string& last = words.back();
  const std::string before = words.size() > used + 1 ? words[words.size() - 2] : std::string();
  if (before.starts_with("-") && TakesValue(*command, before)) {
    for (const OptionKind& option : kOptionKinds) {
      if (before != option.option) continue;
      if (option.command.empty() || option.command == path) return option.kind;
    }
    return WordKind::kNothing;
  }
  if (last.starts_with("-")) return WordKind::kOption;
  if (used == 0) return WordKind::kCommand;
  const bool is_group = !command->get_subcommands([](CLI::App*) { return true; }).empty();
  if (is_group) return WordKind::kDataCommand;
  size_t position = 0;
  for (size_t i = used; i + 1 < words.size(); ++i) {
    if (!words[i].starts_with("-")) {
      ++position;
    } else if (TakesValue(*command, words[i])) {
      ++i;
    }
  }
  for (const PositionKinds& positions : kPositions) {
    if (positions.command != path) continue;
    return positions.kinds[std::min(position, positions.kinds.size() - 1)];
  }
  return WordKind::kNothing;
}

std::vector<Candidate> Complete(Program& program, const std::vector<std::string>& words) {
  std::vector<Candidate> candidates =
      CandidatesOf(KindOfLastWord(program.app(), words), program, words);
  // Codes and ids are found whatever the case they are typed in.
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return !absl::StartsWithIgnoreCase(candidate.word, words.back());
  });
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.word < b.word; });
  return candidates;
}

absl::Status RunComplete(Program& program, std::vector<std::string> words) {
  // The shells put `--` before what was typed.
  if (!words.empty() && words.front() == "--") words.erase(words.begin());
  if (words.empty()) return absl::OkStatus();
  std::string lines;
  for (const Candidate& candidate : Complete(program, words)) {
    absl::StrAppend(&lines, ForTerminal(candidate.word), "\t", ForTerminal(candidate.description),
                    "\n");
  }
  return program.console().Write(lines);
}

}  // namespace attlas::cli
