enum SentimentPlaceholder {}
