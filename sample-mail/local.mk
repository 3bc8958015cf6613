# sample-mail
