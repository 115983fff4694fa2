// attlas engagement: the events, activities and outputs of the programme, and whom they reached.
#include <memory>
#include <string>
#include <vector>

#include "attlas/engagement/v1/engagement_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/list_option.h"
#include "clients/cli/names.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"
#include "graph/model/marking.h"
#include "graph/model/statement.h"

namespace attlas::cli {
namespace {

using engagement::v1::EngagementService;
using engagement::v1::GetEngagementRequest;
using engagement::v1::GetEngagementResponse;
using engagement::v1::ListEngagementsRequest;
using engagement::v1::ListEngagementsResponse;
using engagement::v1::RecordEngagementRequest;
using engagement::v1::RecordEngagementResponse;

struct ListArguments {
  std::string kind;
  std::string term;
  std::string state;
  std::string theme;
  std::string instrument;
  std::string region;
  std::string organization;
  std::string agency_kind;
  std::string from;
  std::string to;
  std::string page_token;
  int page_size = 0;
};

absl::StatusOr<ListEngagementsRequest> MakeRequest(const ListArguments& arguments,
                                                   const Session& session) {
  ListEngagementsRequest request;
  *request.mutable_read() = session.read();
  if (!arguments.kind.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(const size_t choice,
                            ChoiceOf("--kind", arguments.kind, {"event", "activity", "output"}));
    request.set_kind(static_cast<engagement::v1::EngagementKind>(choice + 1));
  }
  request.set_term(arguments.term);
  request.set_state(CanonicalName(arguments.state));
  request.set_theme(CanonicalName(arguments.theme));
  request.set_instrument(CanonicalName(arguments.instrument));
  request.set_grouping(CanonicalName(arguments.region));
  request.set_organization(CanonicalName(arguments.organization));
  request.set_agency_kind(arguments.agency_kind);
  if (!arguments.from.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(*request.mutable_from_date(), DateOf("--from", arguments.from));
  }
  if (!arguments.to.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(*request.mutable_to_date(), DateOf("--to", arguments.to));
  }
  request.set_page_size(arguments.page_size);
  request.set_page_token(arguments.page_token);
  request.set_include_sources(true);
  return request;
}

absl::Status RunList(const ListArguments& arguments, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(const ListEngagementsRequest request, MakeRequest(arguments, session));
  ATTLAS_ASSIGN_OR_RETURN(
      const ListEngagementsResponse response,
      session.connection().Ask(&EngagementService::Stub::ListEngagements, request));
  return session.Show(response, [&] { return RenderEngagements(response); });
}

absl::Status RunShow(const std::string& name, Session& session) {
  GetEngagementRequest request;
  *request.mutable_read() = session.read();
  request.set_name(CanonicalName(name));
  request.set_include_sources(true);
  ATTLAS_ASSIGN_OR_RETURN(
      const GetEngagementResponse response,
      session.connection().Ask(&EngagementService::Stub::GetEngagement, request));
  return session.Show(response, [&] { return RenderEngagement(response); });
}

struct RecordArguments {
  std::string name;
  std::string title;
  std::string term;
  std::string start;
  std::string end;
  std::string city;
  std::string held_in;
  bool online = false;
  std::vector<std::string> organizers;
  std::vector<std::string> participants;
  std::vector<std::string> topics;
  std::string source;
  std::string locator;
  std::string confidence = "seen";
  std::string marking;
  bool check = false;
};

absl::StatusOr<RecordEngagementRequest> MakeRequest(const RecordArguments& arguments) {
  RecordEngagementRequest request;
  request.set_name(CanonicalName(arguments.name));
  request.set_display_name(arguments.title);
  request.set_term(arguments.term);
  if (!arguments.start.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(*request.mutable_start_date(), DateOf("--start", arguments.start));
  }
  if (!arguments.end.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(*request.mutable_end_date(), DateOf("--end", arguments.end));
  }
  request.set_city(arguments.city);
  request.set_online(arguments.online);
  request.set_held_in(CanonicalName(arguments.held_in));
  for (const std::string& one : arguments.organizers) request.add_organizers(CanonicalName(one));
  for (const std::string& one : arguments.participants) {
    request.add_participants(CanonicalName(one));
  }
  for (const std::string& one : arguments.topics) request.add_topics(CanonicalName(one));
  if (!arguments.source.empty()) {
    graph::v1::Citation* citation = request.add_citations();
    citation->set_source(CanonicalName(arguments.source));
    citation->set_locator(arguments.locator);
    ATTLAS_ASSIGN_OR_RETURN(const size_t choice,
                            ChoiceOf("--confidence", arguments.confidence, ConfidenceNames()));
    citation->set_confidence(static_cast<graph::v1::Confidence>(choice + 1));
  }
  if (!arguments.marking.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(const graph::TrafficLight level,
                            graph::ParseTrafficLight(arguments.marking));
    request.mutable_marking()->set_traffic_light(level);
  }
  request.set_validate_only(arguments.check);
  return request;
}

absl::Status RunRecord(const RecordArguments& arguments, Session& session) {
  ATTLAS_ASSIGN_OR_RETURN(const RecordEngagementRequest request, MakeRequest(arguments));
  ATTLAS_ASSIGN_OR_RETURN(
      const RecordEngagementResponse response,
      session.connection().Ask(&EngagementService::Stub::RecordEngagement, request));
  return session.Show(response, [&] { return RenderRecord(response); });
}

void AddList(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<ListArguments>();
  CLI::App* command = group->add_subcommand("list", "Lists engagements, latest first");
  command->add_option("--kind", arguments->kind, "event, activity or output")->type_name("KIND");
  command->add_option("--term", arguments->term, "Such as workshop")->type_name("TERM");
  command->add_option("--state", arguments->state, "That reached this state")->type_name("STATE");
  command->add_option("--theme", arguments->theme, "About this theme")->type_name("THEME");
  command->add_option("--instrument", arguments->instrument, "About this instrument")
      ->type_name("INSTRUMENT");
  command->add_option("--region", arguments->region, "With states of this set; names the unreached")
      ->type_name("GROUPING");
  command->add_option("--organization", arguments->organization, "With this organization")
      ->type_name("ORGANIZATION");
  command->add_option("--agency-kind", arguments->agency_kind, "With an agency of this kind")
      ->type_name("KIND");
  command->add_option("--from", arguments->from, "That began on this day or later")
      ->type_name("DATE");
  command->add_option("--to", arguments->to, "That began before this day")->type_name("DATE");
  command->add_option("--page-size", arguments->page_size, "The most of a page")
      ->type_name("COUNT");
  command->add_option("--page-token", arguments->page_token, "The page to show")
      ->type_name("TOKEN");
  program->AddReadOptions(command);
  program->OnRun(command, [arguments](Session& session) { return RunList(*arguments, session); });
}

void AddShow(Program* program, CLI::App* group) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = group->add_subcommand("show", "Shows one with its participants");
  command->add_option("name", *name, "Such as events/csp1")->required();
  program->AddReadOptions(command);
  program->OnRun(command, [name](Session& session) { return RunShow(*name, session); });
}

void AddRecord(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<RecordArguments>();
  CLI::App* command = group->add_subcommand(
      "record", "Records one with those who took part: states, agencies, organizations");
  command->add_option("name", arguments->name, "Such as events/suva-2026")->required();
  command->add_option("--title", arguments->title, "The name that people read")->required();
  command->add_option("--term", arguments->term, "What it is, such as workshop")->required();
  command->add_option("--start", arguments->start, "First day, or day of publication")
      ->type_name("DATE");
  command->add_option("--end", arguments->end, "Last day")->type_name("DATE");
  command->add_option("--city", arguments->city, "Where it was held");
  command->add_option("--held-in", arguments->held_in, "The state it was held in")
      ->type_name("STATE");
  command->add_flag("--online", arguments->online, "It was held online");
  AddListOption(command, "--organizer", &arguments->organizers, "NAME",
                "Who organized or published it; may be repeated");
  AddListOption(command, "--participant", &arguments->participants, "NAME",
                "Who took part; may be repeated");
  AddListOption(command, "--topic", &arguments->topics, "NAME",
                "Theme or instrument it was about; may be repeated");
  command->add_option("--source", arguments->source, "Where it comes from, as sources/<id>")
      ->type_name("SOURCE");
  command->add_option("--locator", arguments->locator, "Where in the source");
  command->add_option("--confidence", arguments->confidence, "How well the source was seen")
      ->capture_default_str()
      ->type_name("GRADE");
  command->add_option("--marking", arguments->marking, "Who may see it; clear by default")
      ->type_name("TLP");
  command->add_flag("--check", arguments->check, "Checks everything and records nothing");
  program->AddCallOptions(command);
  program->OnRun(command, [arguments](Session& session) { return RunRecord(*arguments, session); });
}

}  // namespace

void AddEngagementCommand(Program* program) {
  CLI::App* group =
      program->AddCommand("engagement", "Lists, shows or records the work that reached states");
  group->require_subcommand(1);
  AddList(program, group);
  AddShow(program, group);
  AddRecord(program, group);
}

}  // namespace attlas::cli
