// attlas space: confidential rooms, and what is said in them. Members do that in space_note.cc.
#include <memory>
#include <string>
#include <vector>

#include "attlas/engagement/v1/engagement_service.grpc.pb.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/space_call.h"
#include "clients/cli/render/render.h"
#include "graph/base/status_macros.h"
#include "graph/model/marking.h"

namespace attlas::cli {
namespace {

namespace v1 = engagement::v1;

struct CreateArguments {
  std::string title;
  std::string purpose;
  std::string marking;
  int retention_days = 0;
  int max_members = 0;
  int max_notes = 0;
  bool chatham_house = false;
  std::vector<std::string> members;
  std::vector<std::string> moderators;
  bool check = false;
};

absl::Status RunCreate(const CreateArguments& arguments, Session& session) {
  v1::CreateSpaceRequest request;
  v1::Space& space = *request.mutable_space();
  space.set_display_name(arguments.title);
  space.set_purpose(arguments.purpose);
  space.set_chatham_house(arguments.chatham_house);
  space.set_retention_days(arguments.retention_days);
  space.set_max_members(arguments.max_members);
  space.set_max_notes(arguments.max_notes);
  if (!arguments.marking.empty()) {
    ATTLAS_ASSIGN_OR_RETURN(const graph::TrafficLight level,
                            graph::ParseTrafficLight(arguments.marking));
    space.set_traffic_light(level);
  }
  for (const std::string& member : arguments.members) space.add_members()->set_principal(member);
  for (const std::string& moderator : arguments.moderators) {
    v1::SpaceMember* member = space.add_members();
    member->set_principal(moderator);
    member->set_moderator(true);
  }
  request.set_validate_only(arguments.check);
  return CallSpaces<v1::CreateSpaceResponse>(
      session, &v1::EngagementService::Stub::CreateSpace, request,
      [](const v1::CreateSpaceResponse& response) { return RenderSpace(response.space()); });
}

absl::Status RunList(int page_size, const std::string& page_token, Session& session) {
  v1::ListSpacesRequest request;
  *request.mutable_read() = session.read();
  request.set_page_size(page_size);
  request.set_page_token(page_token);
  return CallSpaces<v1::ListSpacesResponse>(session, &v1::EngagementService::Stub::ListSpaces,
                                            request, RenderSpaces);
}

absl::Status RunShow(const std::string& name, Session& session) {
  v1::GetSpaceRequest request;
  *request.mutable_read() = session.read();
  request.set_name(SpaceName(name));
  return CallSpaces<v1::GetSpaceResponse>(
      session, &v1::EngagementService::Stub::GetSpace, request,
      [](const v1::GetSpaceResponse& response) { return RenderSpace(response.space()); });
}

struct MemberArguments {
  std::string space;
  std::vector<std::string> add;
  std::vector<std::string> moderators;
  std::vector<std::string> remove;
};

absl::Status RunMembers(const MemberArguments& arguments, Session& session) {
  v1::UpdateSpaceMembersRequest request;
  request.set_space(SpaceName(arguments.space));
  for (const std::string& member : arguments.add) request.add_set()->set_principal(member);
  for (const std::string& moderator : arguments.moderators) {
    v1::SpaceMember* member = request.add_set();
    member->set_principal(moderator);
    member->set_moderator(true);
  }
  for (const std::string& member : arguments.remove) request.add_remove(member);
  return CallSpaces<v1::UpdateSpaceMembersResponse>(
      session, &v1::EngagementService::Stub::UpdateSpaceMembers, request,
      [](const v1::UpdateSpaceMembersResponse& response) { return RenderSpace(response.space()); });
}

absl::Status RunClose(const std::string& name, bool erase, Session& session) {
  v1::CloseSpaceRequest request;
  request.set_space(SpaceName(name));
  request.set_erase(erase);
  return CallSpaces<v1::CloseSpaceResponse>(
      session, &v1::EngagementService::Stub::CloseSpace, request,
      [](const v1::CloseSpaceResponse& response) { return RenderSpace(response.space()); });
}

void AddCreate(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<CreateArguments>();
  CLI::App* command = group->add_subcommand("create", "Makes a space");
  command->add_option("title", arguments->title, "The name that members read")->required();
  command->add_option("--purpose", arguments->purpose, "What it is for")->required();
  command
      ->add_option("--retention-days", arguments->retention_days, "How long what is said is kept")
      ->type_name("DAYS")
      ->required();
  command->add_flag("--chatham-house", arguments->chatham_house,
                    "Members see what was said and not who said it");
  command->add_option("--marking", arguments->marking, "How widely members may share; amber")
      ->type_name("TLP");
  AddNames(command, "--member", &arguments->members, "A member; may be repeated");
  AddNames(command, "--moderator", &arguments->moderators, "A moderator; may be repeated");
  command->add_option("--max-members", arguments->max_members, "The most members; 50")
      ->type_name("COUNT");
  command->add_option("--max-notes", arguments->max_notes, "The most notes at one time; 1000")
      ->type_name("COUNT");
  command->add_flag("--check", arguments->check, "Checks everything and makes nothing");
  program->AddCallOptions(command);
  program->OnRun(command, [arguments](Session& session) { return RunCreate(*arguments, session); });
}

void AddListAndShow(Program* program, CLI::App* group) {
  struct ListArguments {
    int page_size = 0;
    std::string page_token;
  };
  auto arguments = std::make_shared<ListArguments>();
  CLI::App* list = group->add_subcommand("list", "Lists the spaces that you are a member of");
  list->add_option("--page-size", arguments->page_size, "The most of a page")->type_name("COUNT");
  list->add_option("--page-token", arguments->page_token, "The page to show")->type_name("TOKEN");
  program->AddReadOptions(list);
  program->OnRun(list, [arguments](Session& session) {
    return RunList(arguments->page_size, arguments->page_token, session);
  });
  auto name = std::make_shared<std::string>();
  CLI::App* show = group->add_subcommand("show", "Shows one with its members");
  show->add_option("space", *name, "As spaces/<id>, or the id")->required();
  program->AddReadOptions(show);
  program->OnRun(show, [name](Session& session) { return RunShow(*name, session); });
}

void AddMembers(Program* program, CLI::App* group) {
  auto arguments = std::make_shared<MemberArguments>();
  CLI::App* command = group->add_subcommand("members", "Adds and removes members; for moderators");
  command->add_option("space", arguments->space, "As spaces/<id>, or the id")->required();
  AddNames(command, "--add", &arguments->add,
           "A member, as certificate:<URI> or token:<issuer>#<subject>; may be repeated");
  AddNames(command, "--moderator", &arguments->moderators, "A moderator; may be repeated");
  AddNames(command, "--remove", &arguments->remove, "A member no longer; may be repeated");
  program->AddCallOptions(command);
  program->OnRun(command,
                 [arguments](Session& session) { return RunMembers(*arguments, session); });
}

void AddClose(Program* program, CLI::App* group) {
  auto name = std::make_shared<std::string>();
  auto erase = std::make_shared<bool>(false);
  CLI::App* command = group->add_subcommand("close", "Closes one; for moderators");
  command->add_option("space", *name, "As spaces/<id>, or the id")->required();
  command->add_flag("--erase", *erase, "Erases what was said at once; it cannot be undone");
  program->AddCallOptions(command);
  program->OnRun(command,
                 [name, erase](Session& session) { return RunClose(*name, *erase, session); });
}

}  // namespace

void AddSpaceCommand(Program* program) {
  CLI::App* group = program->AddCommand("space", "Makes, fills and closes confidential rooms");
  group->require_subcommand(1);
  AddCreate(program, group);
  AddListAndShow(program, group);
  AddMembers(program, group);
  AddSpaceNoteCommands(program, group);
  AddClose(program, group);
}

}  // namespace attlas::cli
