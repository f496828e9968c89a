/// A peer at a budget: a cell in the tables of a kind and size of games.
struct PeerCell: Hashable, Sendable {
  let peer: String
  let multiple: Int
}
