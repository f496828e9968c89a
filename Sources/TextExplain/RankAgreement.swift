import Attribution

typealias RankAgreement = Agreement
