#include "tests/graph/core/redaction_fixture.h"

#include <rocksdb/db.h>

namespace attlas::testing {

RawStore ReadRaw(const std::string& path, const std::string& text) {
  RawStore raw;
  std::vector<std::string> names;
  EXPECT_TRUE(rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), path, &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.reserve(names.size());
  for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  EXPECT_TRUE(
      rocksdb::DB::OpenForReadOnly(rocksdb::DBOptions(), path, families, &handles, &opened).ok());
  const std::unique_ptr<rocksdb::DB> db(opened);
  for (size_t i = 0; i < handles.size(); ++i) {
    const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator({}, handles[i]));
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      if (names[i] != "default") ++raw.shown;
      if (it->key().ToString().find(text) != std::string::npos ||
          it->value().ToString().find(text) != std::string::npos) {
        raw.with_text.push_back(names[i]);
      }
    }
    rocksdb::TablePropertiesCollection tables;
    EXPECT_TRUE(db->GetPropertiesOfAllTables(handles[i], &tables).ok());
    for (const auto& [file, properties] : tables) {
      if (names[i] != "default") raw.in_files += properties->num_entries;
    }
    db->DestroyColumnFamilyHandle(handles[i]);
  }
  return raw;
}

}  // namespace attlas::testing
