#include "services/engagement/space_node.h"

#include <algorithm>

#include "services/access/space_registry.h"

namespace attlas::engagement {
namespace {

constexpr const char* kStateTerms[] = {"", "open", "closed", "erased"};

v1::SpaceState StateOf(std::string_view term) {
  for (int state = v1::SPACE_STATE_OPEN; state <= v1::SPACE_STATE_ERASED; ++state) {
    if (term == kStateTerms[state]) return static_cast<v1::SpaceState>(state);
  }
  return v1::SPACE_STATE_UNSPECIFIED;
}

graph::v1::Date DateProperty(const graph::Node& node, std::string_view name) {
  const graph::v1::Value* value = graph::FindProperty(node.properties(), name);
  return value == nullptr ? graph::v1::Date() : value->date();
}

void AddMembers(const graph::Node& node, std::string_view property, bool moderators,
                v1::Space* space) {
  const graph::v1::Value* value = graph::FindProperty(node.properties(), property);
  if (value == nullptr) return;
  for (const std::string& principal : value->texts().values()) {
    v1::SpaceMember* member = space->add_members();
    member->set_principal(principal);
    member->set_moderator(moderators);
  }
}

void PutDate(const char* name, const graph::v1::Date& date, graph::Node* node) {
  if (date.year() == 0) return;
  *MutableProperty(node->mutable_properties(), name).mutable_date() = date;
}

}  // namespace

v1::Space SpaceFrom(const graph::Node& node) {
  v1::Space space;
  space.set_name(node.name());
  space.set_display_name(node.display_name());
  const auto& properties = node.properties();
  space.set_purpose(std::string(graph::TextProperty(properties, "purpose")));
  const graph::v1::Value* rule = graph::FindProperty(properties, "chatham_house");
  space.set_chatham_house(rule != nullptr && rule->boolean());
  const auto number = [&](std::string_view name) {
    return static_cast<int32_t>(graph::IntegerProperty(properties, name));
  };
  space.set_retention_days(number("retention_days"));
  space.set_max_members(number("max_members"));
  space.set_max_notes(number("max_notes"));
  const auto level = graph::ParseTrafficLight(graph::TextProperty(properties, "traffic_light"));
  if (level.ok()) space.set_traffic_light(*level);
  space.set_state(StateOf(graph::TextProperty(properties, "state")));
  AddMembers(node, "moderators", true, &space);
  AddMembers(node, "members", false, &space);
  std::sort(space.mutable_members()->pointer_begin(), space.mutable_members()->pointer_end(),
            [](const v1::SpaceMember* a, const v1::SpaceMember* b) {
              return a->principal() < b->principal();
            });
  for (const auto& [name, date] : {std::pair("created", space.mutable_create_date()),
                                   std::pair("closed", space.mutable_close_date()),
                                   std::pair("erased", space.mutable_erase_date())}) {
    *date = DateProperty(node, name);
  }
  if (space.create_date().year() == 0) space.clear_create_date();
  if (space.close_date().year() == 0) space.clear_close_date();
  if (space.erase_date().year() == 0) space.clear_erase_date();
  return space;
}

graph::Node NodeFrom(const v1::Space& space) {
  graph::Node node;
  node.set_name(space.name());
  node.set_type(kSpaceType);
  node.set_display_name(space.display_name());
  *node.mutable_marking() = RegistryMarking(graph::v1::TRAFFIC_LIGHT_CLEAR);
  auto* properties = node.mutable_properties();
  MutableProperty(properties, "state").set_text(kStateTerms[space.state()]);
  PutDate("created", space.create_date(), &node);
  PutDate("closed", space.close_date(), &node);
  PutDate("erased", space.erase_date(), &node);
  if (space.state() == v1::SPACE_STATE_ERASED) return node;
  MutableProperty(properties, "purpose").set_text(space.purpose());
  MutableProperty(properties, "chatham_house").set_boolean(space.chatham_house());
  MutableProperty(properties, "retention_days").set_integer(space.retention_days());
  MutableProperty(properties, "max_members").set_integer(space.max_members());
  MutableProperty(properties, "max_notes").set_integer(space.max_notes());
  MutableProperty(properties, "traffic_light")
      .set_text(std::string(graph::TrafficLightName(space.traffic_light())));
  for (const v1::SpaceMember& member : space.members()) {
    MutableProperty(properties, member.moderator() ? "moderators" : "members")
        .mutable_texts()
        ->add_values(member.principal());
  }
  return node;
}

bool IsModerator(const v1::Space& space, std::string_view principal) {
  return !principal.empty() &&
         std::any_of(space.members().begin(), space.members().end(), [&](const auto& member) {
           return member.moderator() && member.principal() == principal;
         });
}

graph::v1::Value& MutableProperty(google::protobuf::RepeatedPtrField<graph::v1::Property>* list,
                                  std::string_view name) {
  for (graph::v1::Property& property : *list) {
    if (property.name() == name) return *property.mutable_value();
  }
  graph::v1::Property* added = list->Add();
  added->set_name(std::string(name));
  return *added->mutable_value();
}

graph::v1::Marking RegistryMarking(graph::TrafficLight level) {
  graph::v1::Marking marking;
  marking.set_traffic_light(level);
  marking.set_space(services::kSpaceRegistry);
  return marking;
}

}  // namespace attlas::engagement
