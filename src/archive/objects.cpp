#include "archive/objects.hpp"

#include <cassert>

#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi {

namespace {

constexpr std::size_t loaded_limit = 32 * 1024 * 1024;

} // namespace

std::optional<Location> find_object(Statement& find, ObjectId id) {
  if (!find.bind(id).step()) return std::nullopt;
  const auto narrow = [&](int column) { return static_cast<std::uint32_t>(find.integer(column)); };
  return Location{narrow(0), static_cast<std::uint64_t>(find.integer(1)), narrow(2), narrow(3), narrow(4),
                  narrow(5)};
}

/// Where the newest block file ends, as far as archive.db knows.
BlockWriter ObjectStore::writer(Database& db, const std::filesystem::path& objects) {
  Statement newest = db.prepare(
      "SELECT file, max(offset + stored) FROM block WHERE file=(SELECT max(file) FROM block) GROUP BY file");
  if (!newest.step()) return BlockWriter(objects, 0, 0);
  return BlockWriter(objects, static_cast<std::uint32_t>(newest.integer(0)),
                     static_cast<std::uint64_t>(newest.integer(1)));
}

ObjectStore::ObjectStore(Database& db, const std::filesystem::path& objects, const BlockReader& reader)
    : db_(db), reader_(reader), blocks_(writer(db, objects)),
      insert_block_(db.prepare("INSERT INTO block(id, file, offset, stored, raw) VALUES(?, ?, ?, ?, ?)")),
      insert_object_(
          db.prepare("INSERT INTO object(id, block, offset, length, digest, cuts) VALUES(?, ?, ?, ?, ?, ?)")),
      move_object_(db.prepare("UPDATE object SET block=?, offset=? WHERE id=?")), find_(db.prepare(object_query)),
      find_open_(db.prepare("SELECT block, offset, length, cuts FROM object WHERE id=?")) {
  open_block_ = db.query_integer("SELECT max(id) FROM block").value_or(0) + 1;
  next_object_ = db.query_integer("SELECT max(id) FROM object").value_or(0) + 1;
}

/// Where in the open block the bytes will be; a full one is closed before. The caller closes it after if it is full then.
std::uint64_t ObjectStore::place_in_block(std::string_view bytes) {
  assert(bytes.size() <= max_object);
  if (!open_bytes_.empty() && open_bytes_.size() + bytes.size() > block_target) close_block();
  const std::uint64_t offset = open_bytes_.size();
  open_bytes_.append(bytes);
  return offset;
}

ObjectId ObjectStore::add(std::string_view bytes, const Sha256& digest, const std::vector<Cut>& cuts) {
  const std::string packed = encode_cuts(cuts);
  const std::uint64_t offset = place_in_block(bytes);
  insert_object_.bind(next_object_, open_block_, offset, bytes.size(), Statement::Blob{digest.view()}, nullptr);
  if (!cuts.empty()) insert_object_.bind_at(6, Statement::Blob{packed});
  insert_object_.run();
  if (open_bytes_.size() >= block_target) close_block();
  return next_object_++;
}

void ObjectStore::store_again(ObjectId id, std::string_view bytes) {
  const std::uint64_t offset = place_in_block(bytes);
  move_object_.bind(open_block_, offset, id).run();
  loaded_.erase(id);
  if (open_bytes_.size() >= block_target) close_block();
}

void ObjectStore::move_block(std::int64_t block, std::string bytes) {
  close_block();
  open_bytes_ = std::move(bytes);
  db_.prepare("UPDATE object SET block=? WHERE block=?").bind(open_block_, block).run();
  db_.prepare("DELETE FROM block WHERE id=?").bind(block).run();
  close_block();
  loaded_.clear();
  loaded_bytes_ = 0;
}

void ObjectStore::close_block() {
  if (open_bytes_.empty()) return;
  const StoredBlock stored = blocks_.write(open_bytes_);
  insert_block_.bind(open_block_, stored.file, stored.offset, stored.stored, stored.raw).run();
  ++open_block_;
  open_bytes_.clear();
}

std::shared_ptr<const HeldObject> ObjectStore::load(ObjectId id) {
  if (const auto known = loaded_.find(id); known != loaded_.end()) return known->second;
  auto object = std::make_shared<HeldObject>();
  if (const std::optional<Location> location = find_object(find_, id)) {
    object->cuts = decode_cuts(find_.blob(6));
    object->block = reader_.block(*location);
    if (location->offset > object->block->size())
      throw DamagedOriginal(tr("archive.db is damaged: an object is outside its block"));
    object->bytes = std::string_view(*object->block).substr(location->offset, location->length);
  } else if (find_open_.bind(id).step() && find_open_.integer(0) == open_block_) {
    object->cuts = decode_cuts(find_open_.blob(3));
    object->block = std::make_shared<std::string>(open_bytes_.substr(
        static_cast<std::size_t>(find_open_.integer(1)), static_cast<std::size_t>(find_open_.integer(2))));
    object->bytes = *object->block;
  } else {
    throw DamagedOriginal(trf("archive.db is damaged: object {} is missing", id));
  }
  find_.reset();
  find_open_.reset();
  std::uint32_t start = 0;
  for (const Cut& cut : object->cuts) {
    object->starts.push_back(start);
    start += cut.length;
  }
  if (loaded_bytes_ > loaded_limit) {
    loaded_.clear();
    loaded_bytes_ = 0;
  }
  loaded_bytes_ += object->block->size() + object->cuts.size() * (sizeof(Cut) + sizeof start);
  return loaded_[id] = std::move(object);
}

void ObjectStore::sync() {
  close_block();
  blocks_.sync();
}

} // namespace genchi
