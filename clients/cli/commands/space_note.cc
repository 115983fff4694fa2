// attlas space post, notes, attribute, release: what is said in a confidential room.
#include <memory>
#include <string>
#include <vector>

#include "clients/cli/commands/space_call.h"
#include "clients/cli/render/render.h"
#include "graph/model/marking.h"

namespace attlas::cli {
namespace {

namespace v1 = engagement::v1;
using Stub = v1::EngagementService::Stub;

struct AttributionArguments {
  std::string text;
  std::string holder;

  void WriteTo(v1::Attribution* attribution) const {
    attribution->set_text(text);
    attribution->set_holder(CanonicalName(holder));
  }
};

struct PostArguments {
  std::string space;
  std::string text;
  std::string kind = "note";
  std::string title;
  std::vector<std::string> topics;
  std::string evidence_kind;
  std::string url;
  std::string marking;
  AttributionArguments attribution;
  bool check = false;
};

absl::Status RunPost(const PostArguments& arguments, Session& session) {
  v1::PostToSpaceRequest request;
  request.set_space(SpaceName(arguments.space));
  ATTLAS_ASSIGN_OR_RETURN(const size_t choice,
                          ChoiceOf("--kind", arguments.kind, {"note", "concern", "evidence"}));
  request.set_kind(static_cast<v1::NoteKind>(choice + 1));
  request.set_text(arguments.text);
  request.set_display_name(arguments.title);
  for (const std::string& topic : arguments.topics) request.add_topics(CanonicalName(topic));
  request.set_evidence_kind(arguments.evidence_kind);
  request.set_url(arguments.url);
  if (!arguments.marking.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(const graph::TrafficLight level,
                            graph::ParseTrafficLight(arguments.marking));
    request.set_traffic_light(level);
  }
  if (!arguments.attribution.text.empty()) {
    arguments.attribution.WriteTo(request.mutable_attribution());
  }
  request.set_validate_only(arguments.check);
  return CallSpaces<v1::PostToSpaceResponse>(session, &Stub::PostToSpace, request, RenderPost);
}

absl::Status RunNotes(const std::string& space, int page_size, const std::string& page_token,
                      Session& session) {
  v1::ListNotesRequest request;
  *request.mutable_read() = session.read();
  request.set_space(SpaceName(space));
  request.set_page_size(page_size);
  request.set_page_token(page_token);
  return CallSpaces<v1::ListNotesResponse>(session, &Stub::ListNotes, request, RenderNotes);
}

struct NoteArguments {
  std::string space;
  std::string note;
  std::string key;
  AttributionArguments attribution;
  std::string marking;
  std::string text;
  std::string title;
  bool attributed = false;
  bool check = false;
};

absl::Status RunAttribute(const NoteArguments& arguments, Session& session) {
  v1::SetAttributionRequest request;
  request.set_space(SpaceName(arguments.space));
  request.set_note(CanonicalName(arguments.note));
  request.set_speaker_key(arguments.key);
  if (!arguments.attribution.text.empty()) {
    arguments.attribution.WriteTo(request.mutable_attribution());
  }
  return CallSpaces<v1::SetAttributionResponse>(
      session, &Stub::SetAttribution, request, [&](const v1::SetAttributionResponse&) {
        Document document;
        document.Say(request.has_attribution() ? "You agreed to be named, should it be released."
                                               : "You are not named, should it be released.");
        return document;
      });
}

absl::Status RunRelease(const NoteArguments& arguments, Session& session) {
  v1::ReleaseStatementRequest request;
  request.set_space(SpaceName(arguments.space));
  request.set_note(CanonicalName(arguments.note));
  ATTLAS_ASSIGN_OR_RETURN(const graph::TrafficLight level,
                          graph::ParseTrafficLight(arguments.marking));
  request.set_traffic_light(level);
  request.set_text(arguments.text);
  request.set_display_name(arguments.title);
  request.set_attributed(arguments.attributed);
  request.set_validate_only(arguments.check);
  return CallSpaces<v1::ReleaseStatementResponse>(session, &Stub::ReleaseStatement, request,
                                                  RenderRelease);
}

void AddAttribution(CLI::App* command, AttributionArguments* arguments) {
  command->add_option("--attribute-to", arguments->text,
                      "You agree to be called so, should it be released: an office, no person");
  command
      ->add_option("--holder", arguments->holder,
                   "Of a concern: the state, grouping or organization that holds it")
      ->type_name("NAME");
}

void AddPost(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<PostArguments>();
  CLI::App* command = group->add_subcommand("post", "Says something that members alone see");
  command->add_option("space", arguments->space, "As spaces/<id>, or the id")->required();
  command->add_option("text", arguments->text, "What is said")->required();
  command->add_option("--kind", arguments->kind, "note, concern or evidence")
      ->capture_default_str()
      ->type_name("KIND");
  command->add_option("--title", arguments->title, "A heading");
  AddNames(command, "--topic", &arguments->topics, "What it is about; may be repeated");
  command->add_option("--evidence-kind", arguments->evidence_kind, "Of evidence: such as report")
      ->type_name("KIND");
  command->add_option("--url", arguments->url, "Of evidence: its address");
  command->add_option("--marking", arguments->marking, "How widely members may share it")
      ->type_name("TLP");
  AddAttribution(command, &arguments->attribution);
  command->add_flag("--check", arguments->check, "Checks everything and says nothing");
  program->AddCallOptions(command);
  program->OnRun(command, [arguments](Session& session) { return RunPost(*arguments, session); });
}

void AddNotes(Program* program, CLI::App* group) {
  struct Arguments {
    std::string space;
    int page_size = 0;
    std::string page_token;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = group->add_subcommand("notes", "Lists what was said in one");
  command->add_option("space", arguments->space, "As spaces/<id>, or the id")->required();
  command->add_option("--page-size", arguments->page_size, "The most of a page")
      ->type_name("COUNT");
  command->add_option("--page-token", arguments->page_token, "The page to show")
      ->type_name("TOKEN");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) {
    return RunNotes(arguments->space, arguments->page_size, arguments->page_token, session);
  });
}

void AddAttribute(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<NoteArguments>();
  CLI::App* command = group->add_subcommand(
      "attribute", "Says whether you, who said it, agree to be named; for the speaker");
  command->add_option("space", arguments->space, "As spaces/<id>, or the id")->required();
  command->add_option("note", arguments->note, "As `space notes` names it")->required();
  command->add_option("--key", arguments->key, "The speaker key that `space post` gave you")
      ->required();
  AddAttribution(command, &arguments->attribution);
  program->AddCallOptions(command);
  program->OnRun(command,
                 [arguments](Session& session) { return RunAttribute(*arguments, session); });
}

void AddRelease(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<NoteArguments>();
  CLI::App* command = group->add_subcommand(
      "release", "Gives a statement to readers outside, as a new one; for moderators");
  command->add_option("space", arguments->space, "As spaces/<id>, or the id")->required();
  command->add_option("note", arguments->note, "As `space notes` names it")->required();
  command->add_option("--marking", arguments->marking, "Who may see it, such as green")
      ->type_name("TLP")
      ->required();
  command->add_option("--text", arguments->text, "Another wording");
  command->add_option("--title", arguments->title, "A heading");
  command->add_flag("--attributed", arguments->attributed, "Names the speaker, as it agreed");
  command->add_flag("--check", arguments->check, "Checks everything and releases nothing");
  program->AddCallOptions(command);
  program->OnRun(command,
                 [arguments](Session& session) { return RunRelease(*arguments, session); });
}

}  // namespace

void AddSpaceNoteCommands(Program* program, CLI::App* group) {
  AddPost(program, group);
  AddNotes(program, group);
  AddAttribute(program, group);
  AddRelease(program, group);
}

}  // namespace attlas::cli
