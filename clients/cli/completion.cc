#include "clients/cli/completion.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "attlas/graph/v1/graph_service.grpc.pb.h"
#include "clients/cli/connection.h"
#include "clients/cli/dynamic_call.h"
#include "clients/cli/names.h"
#include "clients/cli/output/text.h"
#include "graph/base/strings.h"

namespace attlas::cli {
namespace {

using graph::v1::GraphService;

// People are typing: no answer is better than a late one.
constexpr absl::Duration kDeadline = absl::Milliseconds(400);
constexpr int kMostNames = 1'000;

struct PositionKinds {
  std::string_view command;
  std::array<WordKind, 3> kinds;  // The last one stands for all further words too.
};

constexpr PositionKinds kPositions[] = {
    {"status", {WordKind::kInstrument, WordKind::kNothing, WordKind::kNothing}},
    {"share", {WordKind::kNode, WordKind::kInstrument, WordKind::kNothing}},
    {"candidates", {WordKind::kInstrument, WordKind::kNothing, WordKind::kNothing}},
    {"reporting", {WordKind::kInstrument, WordKind::kNothing, WordKind::kNothing}},
    {"shared-reporting", {WordKind::kState, WordKind::kInstrument, WordKind::kNothing}},
    {"answers", {WordKind::kNode, WordKind::kInstrument, WordKind::kNothing}},
    {"changes", {WordKind::kNode, WordKind::kNothing, WordKind::kNothing}},
    {"shared-concerns", {WordKind::kState, WordKind::kNothing, WordKind::kNothing}},
    {"state", {WordKind::kState, WordKind::kNothing, WordKind::kNothing}},
    {"synergies", {WordKind::kState, WordKind::kInstrument, WordKind::kNothing}},
    {"compare", {WordKind::kInstrument, WordKind::kInstrument, WordKind::kInstrument}},
    {"simulate", {WordKind::kState, WordKind::kNothing, WordKind::kNothing}},
    {"bridges", {WordKind::kState, WordKind::kInstrument, WordKind::kNothing}},
    {"roles", {WordKind::kState, WordKind::kInstrument, WordKind::kNothing}},
    {"cooperation", {WordKind::kState, WordKind::kNothing, WordKind::kNothing}},
    {"decision-path", {WordKind::kNode, WordKind::kNode, WordKind::kNothing}},
    {"reach", {WordKind::kState, WordKind::kNothing, WordKind::kNothing}},
    {"duplication", {WordKind::kState, WordKind::kNothing, WordKind::kNothing}},
    {"networks", {WordKind::kState, WordKind::kState, WordKind::kState}},
    {"path", {WordKind::kNode, WordKind::kNode, WordKind::kNothing}},
    {"node", {WordKind::kNode, WordKind::kNothing, WordKind::kNothing}},
    {"history", {WordKind::kNode, WordKind::kNothing, WordKind::kNothing}},
    {"figures", {WordKind::kFigure, WordKind::kNothing, WordKind::kNothing}},
    {"call", {WordKind::kMethod, WordKind::kNothing, WordKind::kNothing}},
    {"completion", {WordKind::kShell, WordKind::kNothing, WordKind::kNothing}},
    {"data", {WordKind::kDataCommand, WordKind::kFile, WordKind::kNothing}},
};

constexpr std::pair<std::string_view, WordKind> kOptionKinds[] = {
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
    {"--avoid", WordKind::kNodeType},
    {"--types", WordKind::kNodeType},
    {"--data_dir", WordKind::kFile},
    {"--data-dir", WordKind::kFile},
};

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
  explicit NameSource(const std::string& address)
      : connection_(address, kDeadline), stub_(GraphService::NewStub(connection_.channel())) {}

  std::vector<Candidate> NodesOfTypes(const std::vector<std::string>& types, bool full_names) {
    graph::v1::ListNodesRequest request;
    for (const std::string& type : types) request.mutable_selector()->add_types(type);
    request.set_page_size(kMostNames);
    const auto response = connection_.Call<graph::v1::ListNodesResponse>(
        [&](grpc::ClientContext* context, graph::v1::ListNodesResponse* answer) {
          return stub_->ListNodes(context, request, answer);
        });
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
    for (const auto& type : NodeTypes()) {
      if (slash == std::string::npos) {
        candidates.push_back({absl::StrCat(type.collection(), "/"), type.description()});
      } else if (absl::EqualsIgnoreCase(type.collection(), typed.substr(0, slash))) {
        return NodesOfTypes({type.name()}, true);
      }
    }
    return candidates;
  }

  std::vector<Candidate> TypeNames() {
    std::vector<Candidate> candidates;
    for (const auto& type : NodeTypes()) candidates.push_back({type.name(), type.description()});
    return candidates;
  }

 private:
  std::vector<graph::v1::NodeType> NodeTypes() {
    const auto response = connection_.Call<graph::v1::GetOntologyResponse>(
        [&](grpc::ClientContext* context, graph::v1::GetOntologyResponse* answer) {
          return stub_->GetOntology(context, graph::v1::GetOntologyRequest(), answer);
        });
    if (!response.ok()) return {};
    return {response->ontology().node_types().begin(), response->ontology().node_types().end()};
  }

  Connection connection_;
  std::unique_ptr<GraphService::Stub> stub_;
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
    case WordKind::kNode:
      return names().Nodes(words.back());
    case WordKind::kNodeType:
      return names().TypeNames();
    case WordKind::kMethod:
      return Methods();
    case WordKind::kOutputForm:
      return Words(OutputForms());
    case WordKind::kConfidence:
      return Words(ConfidenceNames());
    case WordKind::kCountBy:
      return Words({"deposit", "in-force"});
    case WordKind::kOrder:
      return Words({"similarity", "contact"});
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
  const std::string& last = words.back();
  const std::string before = words.size() > used + 1 ? words[words.size() - 2] : std::string();
  if (before.starts_with("-") && TakesValue(*command, before)) {
    for (const auto& [option, kind] : kOptionKinds) {
      if (before == option) return kind;
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
  if (command->get_parent() != &app) {
    if (position > 0) return WordKind::kNothing;
    return command->get_parent()->get_name() == "data" ? WordKind::kFile : WordKind::kNode;
  }
  for (const PositionKinds& positions : kPositions) {
    if (positions.command != command->get_name()) continue;
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
